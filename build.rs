//! The built-in lens is embedded by a macro, which cannot see new files: rebuild when the folder changes.

fn main() {
    println!("cargo:rerun-if-changed=lenses");
}

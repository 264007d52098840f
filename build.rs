//! Compiles the generated parser of `grammars/statement`, and rebuilds when the built-in lens changes: it is embedded by a macro,
//! which cannot see new files.

fn main() {
    println!("cargo::rerun-if-changed=lenses");
    parser("statement");
}

/// The parser that `grammars/regenerate.sh` generated from `grammars/<language>/grammar.js`.
fn parser(language: &str) {
    let folder = format!("grammars/{language}/src");
    println!("cargo::rerun-if-changed={folder}/parser.c");
    cc::Build::new()
        .std("c11")
        .include(&folder)
        .file(format!("{folder}/parser.c"))
        .flag_if_supported("-Wno-unused-parameter")
        .flag_if_supported("-Wno-trigraphs")
        .compile(&format!("tree-sitter-{language}"));
}

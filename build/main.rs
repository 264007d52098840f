//! Carries the built-in lens into the binary (`lens`), its phrases compiled (`phrases`), and compiles the generated parser of
//! `grammars/statement`.

mod lens;
#[path = "../src/lens/phrase/parse.rs"]
mod parse;
mod phrases;

use std::env;
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=lenses/databases");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/lens/phrase/parse.rs");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut files = lens::read(&root.join("lenses/databases"))?;
    phrases::compile(&mut files, &out)?;
    lens::carry(&files, &out)?;
    parser("statement");
    Ok(())
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

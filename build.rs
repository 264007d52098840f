//! Compiles the generated parser of `grammars/statement`, and carries the built-in lens into the binary: each file as it is written, and
//! as MessagePack, which is read without a word of TOML being parsed when the program starts; and the stems of its words.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use rust_stemmers::{Algorithm, Stemmer};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=lenses/databases");
    println!("cargo::rerun-if-changed=build.rs");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    lens(&root.join("lenses/databases"), &out)?;
    parser("statement");
    Ok(())
}

/// Writes `builtin.rs`: a list of the files of the lens, in the order of their places in it.
fn lens(folder: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    let mut list = String::from("[\n");
    let mut words = BTreeSet::new();
    for (number, path) in files.iter().enumerate() {
        let inside = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        let parsed = out.join(format!("{number}.msgpack"));
        // What is no TOML is told by the loader, with its place.
        let text = fs::read_to_string(path)?;
        let bytes = match toml::from_str::<toml::Value>(&text) {
            Ok(value) => rmp_serde::to_vec_named(&value)?,
            Err(_) => Vec::new(),
        };
        words.extend(
            text.split(|c: char| !c.is_ascii_alphabetic() && c != '\'')
                .map(str::to_owned),
        );
        fs::write(&parsed, bytes)?;
        writeln!(
            list,
            "    BuiltIn {{ inside: {inside:?}, text: include_str!({path:?}), parsed: include_bytes!({parsed:?}) }},"
        )?;
    }
    list.push(']');
    fs::write(out.join("builtin.rs"), list)?;
    stems(words, out)
}

/// Writes `stems.txt`: a word and its stem on each line, for every word of the lens.
fn stems(words: BTreeSet<String>, out: &Path) -> Result<(), Box<dyn Error>> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut lines = String::new();
    for word in words
        .iter()
        .filter(|word| word.bytes().any(|byte| byte.is_ascii_lowercase()))
    {
        if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'\'') {
            writeln!(lines, "{word} {}", stemmer.stem(word))?;
        }
    }
    fs::write(out.join("stems.txt"), lines)?;
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
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

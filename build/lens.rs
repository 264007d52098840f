//! The files of the built-in lens, in the binary: each as it is written, and as MessagePack, which is read without a word of TOML being
//! parsed when the program starts.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// A file of the lens.
pub struct File {
    pub path: PathBuf,
    /// Its place inside the lens, with `/`: `engines/oracle.toml`.
    pub inside: String,
    /// What it says; nothing of what is no TOML, which the loader tells, with its place.
    pub value: Option<toml::Value>,
}

/// The files below a folder, in the order of their places in it.
pub fn read(folder: &Path) -> Result<Vec<File>, Box<dyn Error>> {
    let mut paths = Vec::new();
    collect(folder, &mut paths)?;
    paths.sort();
    let read = |path: PathBuf| {
        let inside = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        let value = toml::from_str(&fs::read_to_string(&path)?).ok();
        Ok(File { path, inside, value })
    };
    paths.into_iter().map(read).collect()
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

/// Writes `builtin.rs`: a list of the files.
pub fn carry(files: &[File], out: &Path) -> Result<(), Box<dyn Error>> {
    let mut list = String::from("[\n");
    for (number, File { path, inside, value }) in files.iter().enumerate() {
        let parsed = out.join(format!("{number}.msgpack"));
        let bytes = value.as_ref().map(rmp_serde::to_vec_named).transpose()?;
        fs::write(&parsed, bytes.unwrap_or_default())?;
        writeln!(
            list,
            "    BuiltIn {{ inside: {inside:?}, text: include_str!({path:?}), parsed: include_bytes!({parsed:?}) }},"
        )?;
    }
    list.push(']');
    fs::write(out.join("builtin.rs"), list)?;
    Ok(())
}

//! The lens that is compiled into the binary.

use std::sync::LazyLock;

use super::{LIKENESS, Lens, Problem, SourceFile, Trained, load};

/// A file of the lens, as the build script found it.
struct BuiltIn {
    inside: &'static str,
    text: &'static str,
    /// What the text says, as MessagePack.
    parsed: &'static [u8],
}

static FILES: &[BuiltIn] = &include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

static MODEL: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/lenses/databases/likeness.bin"));

static LENS: LazyLock<Result<Lens, Vec<Problem>>> = LazyLock::new(|| load(builtin_files(), builtin_model()));

/// The files of the built-in lens.
pub fn builtin_files() -> Vec<SourceFile> {
    let file = |file: &BuiltIn| SourceFile {
        inside: file.inside.to_owned(),
        path: format!("databases/{}", file.inside),
        text: file.text.into(),
        parsed: Some(file.parsed),
    };
    FILES.iter().map(file).collect()
}

/// The trained model of the built-in lens.
pub fn builtin_model() -> Option<Trained> {
    Some(Trained {
        path: format!("databases/{LIKENESS}"),
        bytes: MODEL.into(),
    })
}

/// The built-in lens `databases`. A test keeps it free of problems.
pub fn builtin() -> Result<&'static Lens, &'static [Problem]> {
    LENS.as_ref().map_err(Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::builtin_files;
    use crate::lens::files::{Files, read_folder};
    use crate::lens::phrase::Phrase;

    #[test]
    fn no_file_is_parsed_a_second_time_when_the_program_starts() {
        let mut files = builtin_files();
        for file in &mut files {
            file.text = "neither TOML nor looked at".into();
        }
        let mut read = Files::default();
        read_folder(&mut read, files);
        assert!(read.problems.is_empty(), "{:?}", read.problems);
        assert!(!read.engines.is_empty() && !read.signals.is_empty());
        let cues = read.signals.iter().flat_map(|(_, signal)| &signal.cues);
        let (ready, written): (Vec<_>, Vec<_>) = cues.partition(|cue| matches!(cue, Phrase::Ready(_)));
        // Those that name a class of words are compiled when the lens is loaded.
        assert!(ready.len() > 20 * written.len(), "{} of {}", ready.len(), written.len());
    }
}

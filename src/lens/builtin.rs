//! The lens that is compiled into the binary.

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

use super::{LIKENESS, Lens, Problem, SourceFile, Trained, load};

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/lenses/databases");

static LENS: LazyLock<Result<Lens, Vec<Problem>>> = LazyLock::new(|| load(builtin_files(), builtin_models()));

/// The files of the built-in lens.
pub fn builtin_files() -> Vec<SourceFile> {
    let mut files = Vec::new();
    collect(&FILES, &mut files);
    files
}

/// The trained models of the built-in lens.
pub fn builtin_models() -> Option<Trained> {
    let file = FILES.get_file(LIKENESS)?;
    Some(Trained {
        path: format!("databases/{LIKENESS}"),
        bytes: file.contents().into(),
    })
}

fn collect(dir: &Dir<'static>, files: &mut Vec<SourceFile>) {
    for file in dir.files() {
        if let Some(text) = file.contents_utf8() {
            let inside = file.path().to_string_lossy().replace('\\', "/");
            files.push(SourceFile {
                path: format!("databases/{inside}"),
                inside,
                text: text.into(),
            });
        }
    }
    dir.dirs().for_each(|dir| collect(dir, files));
}

/// The built-in lens `databases`. A test keeps it free of problems.
pub fn builtin() -> Result<&'static Lens, &'static [Problem]> {
    LENS.as_ref().map_err(Vec::as_slice)
}

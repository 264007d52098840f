//! The lens that is compiled into the binary.

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

use super::{LIKENESS, Lens, Problem, load_trained};

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/lenses/databases");

static LENS: LazyLock<Result<Lens, Vec<Problem>>> = LazyLock::new(|| {
    let mut files = Vec::new();
    collect(&FILES, &mut files);
    load_trained(&files, FILES.get_file(LIKENESS).map(include_dir::File::contents))
});

fn collect(dir: &Dir<'static>, files: &mut Vec<(String, String)>) {
    for file in dir.files() {
        if let Some(text) = file.contents_utf8() {
            files.push((file.path().to_string_lossy().replace('\\', "/"), text.to_owned()));
        }
    }
    dir.dirs().for_each(|dir| collect(dir, files));
}

/// The built-in lens `databases`. A test keeps it free of problems.
pub fn builtin() -> Result<&'static Lens, &'static [Problem]> {
    LENS.as_ref().map_err(Vec::as_slice)
}

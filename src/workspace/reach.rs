//! Which files may be looked at: all there are, or only those of some folders.
//!
//! A path is followed to the file it stands for, links and `..` and all, before it is asked where that file lies. What is read in a folder
//! is then opened below that folder and nowhere else, whatever becomes of the path in between.

use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cap_std::ambient_authority;
use cap_std::fs::Dir;

/// The folders outside of which nothing is looked at; by default there are none, and everything is.
#[derive(Clone, Debug, Default)]
pub struct Reach(Option<Arc<[Root]>>);

#[derive(Debug)]
struct Root {
    /// Without links.
    folder: PathBuf,
    dir: Dir,
}

/// A larger file in a confined folder is not read: whoever asks for it did not choose it.
const LARGEST: u64 = 16 << 20;

impl Reach {
    /// Only what lies in these folders. An error names the folder that is none.
    pub fn within(folders: &[PathBuf]) -> std::result::Result<Reach, (PathBuf, Error)> {
        let root = |folder: &PathBuf| {
            let real = folder.canonicalize()?;
            let dir = Dir::open_ambient_dir(&real, ambient_authority())?;
            Ok(Root { folder: real, dir })
        };
        let roots: std::result::Result<Vec<Root>, _> = folders
            .iter()
            .map(|folder| root(folder).map_err(|error| (folder.clone(), error)))
            .collect();
        Ok(Reach(Some(roots?.into())))
    }

    /// Whether what the path stands for is there and may be looked at.
    pub fn holds(&self, path: &Path) -> bool {
        match &self.0 {
            None => true,
            Some(roots) => real(path, roots).is_ok(),
        }
    }

    /// The bytes of a file.
    pub fn read(&self, path: &Path) -> Result<Vec<u8>> {
        let Some(roots) = &self.0 else {
            return std::fs::read(path);
        };
        let (root, below) = real(path, roots)?;
        let metadata = root.dir.metadata(&below)?;
        if !metadata.is_file() {
            return Err(Error::new(ErrorKind::InvalidInput, "not a file"));
        }
        if metadata.len() > LARGEST {
            let told = format!("larger than {} MB", LARGEST >> 20);
            return Err(Error::new(ErrorKind::FileTooLarge, told));
        }
        root.dir.read(&below)
    }

    /// Whether there is such a file. Of what may not be looked at nothing is said to be missing.
    pub fn has_file(&self, path: &Path) -> bool {
        match &self.0 {
            None => path.is_file(),
            Some(roots) => match real(path, roots) {
                Ok((root, below)) => root.dir.is_file(below),
                Err(error) => error.kind() == ErrorKind::PermissionDenied || !lies_in(path, roots),
            },
        }
    }
}

/// The root that a path leads into, and where below it the path ends.
fn real<'r>(path: &Path, roots: &'r [Root]) -> Result<(&'r Root, PathBuf)> {
    let real = path.canonicalize()?;
    let found = roots.iter().find_map(|root| {
        let below = real.strip_prefix(&root.folder).ok()?;
        let below = if below.as_os_str().is_empty() {
            Path::new(".")
        } else {
            below
        };
        Some((root, below.to_owned()))
    });
    let denied = || Error::new(ErrorKind::PermissionDenied, "outside of the folders that may be read");
    found.ok_or_else(denied)
}

/// Whether a path that leads to nothing would lead into one of the roots: by its nearest folder that is there.
fn lies_in(path: &Path, roots: &[Root]) -> bool {
    let there = path.ancestors().skip(1).find_map(|folder| folder.canonicalize().ok());
    there.is_some_and(|folder| roots.iter().any(|root| folder.starts_with(&root.folder)))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn nothing_outside_is_read_or_said_to_be_missing() {
        let folder = tempfile::tempdir().unwrap();
        let (inside, outside) = (folder.path().join("in"), folder.path().join("out"));
        for part in [&inside, &outside] {
            std::fs::create_dir_all(part).unwrap();
            std::fs::write(part.join("a.md"), "# A").unwrap();
        }
        symlink(&outside, inside.join("way-out")).unwrap();
        symlink(inside.join("a.md"), inside.join("way-in.md")).unwrap();
        let reach = Reach::within(std::slice::from_ref(&inside)).unwrap();
        for path in ["a.md", "way-in.md", "../in/a.md"] {
            assert_eq!(reach.read(&inside.join(path)).unwrap(), b"# A", "{path}");
        }
        for path in ["way-out/a.md", "../out/a.md", "/etc/passwd"] {
            let error = reach.read(&inside.join(path)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::PermissionDenied, "{path}");
            assert!(!reach.holds(&inside.join(path)), "{path}");
        }
        for path in ["way-out/a.md", "../out/a.md", "../out/none.md", "way-out/none.md"] {
            assert!(reach.has_file(&inside.join(path)), "{path}");
        }
        assert!(!reach.has_file(&inside.join("none.md")));
        assert!(reach.has_file(&inside.join("a.md")));
        assert!(reach.read(&inside).is_err());
    }

    #[test]
    fn a_folder_that_is_none_is_named() {
        let (folder, _) = Reach::within(&[PathBuf::from("no/such/folder")]).unwrap_err();
        assert_eq!(folder, Path::new("no/such/folder"));
    }
}

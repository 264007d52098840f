//! In the target of a link: the other records, by their path from this one.

use std::path::{Component, Path, PathBuf};

use tower_lsp::ls_types::CompletionItemKind;

use super::{Offer, Place};
use crate::server::convert;
use crate::workspace::File;

pub(super) fn offers(place: &Place) -> Option<Vec<Offer>> {
    let open = place.before.rfind("](")?;
    let typed = place.before.get(open + 2..)?;
    if typed.contains([')', ' ']) {
        return None;
    }
    let own = convert::file_path(&place.snapshot.uri)?;
    let folder = own.parent()?;
    let files = place.records.files();
    let others = files.iter().filter_map(|file| match file {
        File::Record { path, .. } if path.as_path() != own => Some(path),
        _ => None,
    });
    let offer = |path: &PathBuf| {
        let target = relative(path, folder)?;
        Some(Offer {
            label: target.clone(),
            detail: Some(title(path)),
            kind: CompletionItemKind::FILE,
            span: place.from(open + 2),
            text: target,
            about: None,
        })
    };
    Some(others.filter_map(offer).collect())
}

/// The path that leads from a folder to a file, as a link writes it.
fn relative(path: &Path, folder: &Path) -> Option<String> {
    let common = path
        .components()
        .zip(folder.components())
        .take_while(|(a, b)| a == b)
        .count();
    let up = folder.components().skip(common).map(|_| "..".to_owned());
    let down = path.components().skip(common).map(|component| match component {
        Component::Normal(name) => name.to_str().map(|name| name.replace(' ', "%20")),
        _ => None,
    });
    let parts: Option<Vec<String>> = up.map(Some).chain(down).collect();
    Some(parts?.join("/"))
}

/// A file's name as words: `0012-use-postgresql.md` → `0012 use postgresql`.
fn title(path: &Path) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    stem.replace(['-', '_'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_up_and_down() {
        let from = Path::new("/work/docs/adr");
        let to = |path: &str| relative(Path::new(path), from).unwrap_or_default();
        assert_eq!(to("/work/docs/adr/0001-a.md"), "0001-a.md");
        assert_eq!(to("/work/docs/rfc/two words.md"), "../rfc/two%20words.md");
        assert_eq!(to("/work/docs/adr/old/0001-a.md"), "old/0001-a.md");
    }
}

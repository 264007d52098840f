//! Paths as texts with `/`: joined and shortened without a look at the disk.

use crate::lens::{Label, Lens};

/// The folder of a path; empty for a lone file name.
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/')
        .map_or("", |(folder, _)| if folder.is_empty() { "/" } else { folder })
}

/// The last part of a path.
pub fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// A file name without its extension.
pub fn stem(path: &str) -> &str {
    let name = file_name(path);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// The path that a target means in a folder, with `.` and `..` worked out. A target with `/` at its head stands for itself.
pub fn join(folder: &str, target: &str) -> String {
    let rooted = target.starts_with('/');
    let mut parts: Vec<&str> = if rooted {
        Vec::new()
    } else {
        folder.split('/').collect()
    };
    let absolute = rooted || folder.starts_with('/');
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| !last.is_empty() && *last != "..") => {
                parts.pop();
            }
            ".." if absolute => {}
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty() && *part != ".");
    let joined = parts.join("/");
    if absolute { format!("/{joined}") } else { joined }
}

/// A path in its shortest form.
pub fn normal(path: &str) -> String {
    join("", &path.replace('\\', "/"))
}

/// The target of a link without its anchor and query, percent-decoded.
pub fn decoded(target: &str) -> String {
    let plain = target.split(['#', '?']).next().unwrap_or_default();
    percent_encoding::percent_decode_str(plain)
        .decode_utf8_lossy()
        .into_owned()
}

/// The relative path that leads from a folder to a file.
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    let parts: Vec<&str> = to.split('/').filter(|part| !part.is_empty()).collect();
    let shared = from
        .iter()
        .zip(&parts)
        .take(parts.len().saturating_sub(1))
        .take_while(|(a, b)| a == b)
        .count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    up.chain(parts.into_iter().skip(shared)).collect::<Vec<_>>().join("/")
}

/// The folder whose records a record is counted with: its own, or the one above where its own is named after a status, as in
/// `adr/superseded/0003-x.md`.
pub fn home<'a>(path: &'a str, lens: &Lens) -> &'a str {
    let own = folder(path);
    match names_a_status(file_name(own), lens) {
        true if own.contains('/') => folder(own),
        _ => own,
    }
}

/// Whether a folder is named after a status and nothing else.
pub fn names_a_status(name: &str, lens: &Lens) -> bool {
    let mut words = Vec::new();
    crate::lens::phrase::split(name, true, &mut words);
    lens.language.vocabulary.identify(&mut words);
    let hits = lens.language.labels.find(&words);
    hits.iter()
        .any(|hit| matches!(hit.payload, Label::Status(_)) && hit.start == 0 && hit.end == words.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_joined_as_a_browser_does() {
        assert_eq!(join("docs/adr", "0002-x.md"), "docs/adr/0002-x.md");
        assert_eq!(join("docs/adr", "./../rfc/0002-x.md"), "docs/rfc/0002-x.md");
        assert_eq!(join("docs", "../../x.md"), "../x.md");
        assert_eq!(join("", "a//b.md"), "a/b.md");
        assert_eq!(join("/docs", "../../x.md"), "/x.md");
        assert_eq!(join("docs", "/adr/32"), "/adr/32");
        assert_eq!(normal("./docs/./adr/../x.md"), "docs/x.md");
    }

    #[test]
    fn a_relative_path_leads_back() {
        assert_eq!(relative("docs/adr", "docs/adr/2.md"), "2.md");
        assert_eq!(relative("docs/adr", "docs/rfc/2.md"), "../rfc/2.md");
        assert_eq!(relative("/a/b", "/a/b/c/2.md"), "c/2.md");
    }
}

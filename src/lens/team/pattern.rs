//! Names with `*`: which rules a setting is for.

use globset::{Glob, GlobMatcher};

/// A rule's id, or a form of ids: `choice/*`.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    written: String,
    matcher: Option<GlobMatcher>,
}

impl Pattern {
    /// Only `*` is special; an id holds no other mark.
    pub fn new(written: &str) -> Pattern {
        let matcher = written
            .contains('*')
            .then(|| Glob::new(&written.replace(['[', ']', '{', '}', '?', '!'], "")).ok())
            .flatten()
            .map(|glob| glob.compile_matcher());
        Pattern {
            written: written.to_owned(),
            matcher,
        }
    }

    pub fn written(&self) -> &str {
        &self.written
    }

    /// Whether it is the id of one rule.
    pub fn is_exact(&self) -> bool {
        self.matcher.is_none()
    }

    pub fn fits(&self, rule: &str) -> bool {
        match &self.matcher {
            Some(matcher) => matcher.is_match(rule),
            None => self.written == rule,
        }
    }

    /// Greater for the more exact name.
    pub fn exactness(&self) -> (bool, usize) {
        (self.is_exact(), self.written.len())
    }
}

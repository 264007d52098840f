//! The text of one page: paragraphs, lists, records, sources, and links to other pages.

use crate::lens::{Certainty, EngineId, Lens, SignalId};

/// How a page names what has a page of its own.
#[derive(Clone, Copy)]
pub(super) enum Links {
    /// By its name alone: the reader is in a terminal, or in an editor.
    None,
    /// By a link, from a page that lies so many folders deep in the book.
    From(usize),
}

pub(super) struct Writer<'a> {
    pub lens: &'a Lens,
    links: Links,
    text: String,
}

impl<'a> Writer<'a> {
    pub fn new(lens: &'a Lens, links: Links) -> Writer<'a> {
        Writer {
            lens,
            links,
            text: String::new(),
        }
    }

    pub fn done(self) -> String {
        self.text
    }

    pub fn heading(&mut self, level: usize, text: &str) {
        self.paragraph(&format!("{} {text}", "#".repeat(level)));
    }

    /// A paragraph; nothing when there is nothing to say.
    pub fn paragraph(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// A list; nothing when it has no items.
    pub fn list(&mut self, items: impl IntoIterator<Item = String>) {
        let items: Vec<String> = items.into_iter().map(|item| format!("- {item}")).collect();
        self.paragraph(&items.join("\n"));
    }

    /// A text shown as it is. The fence is longer than any in it.
    pub fn fenced(&mut self, language: &str, text: &str) {
        let longest = text
            .lines()
            .map(|line| line.trim_start().chars().take_while(|&c| c == '`').count());
        let fence = "`".repeat(longest.max().unwrap_or(0).max(2) + 1);
        self.paragraph(&format!("{fence}{language}\n{}\n{fence}", text.trim_end()));
    }

    /// How to silence a rule, here and everywhere.
    pub fn silence(&mut self, rule: &str) {
        self.heading(2, "To silence it");
        self.paragraph("In one record, with the reason:");
        self.fenced("markdown", &format!("<!-- adr-lens-ignore {rule}: the reason -->"));
        self.paragraph("For a team, in `adr-lens.toml`:");
        self.fenced("toml", &format!("[rules]\n\"{rule}\" = \"off\""));
    }

    pub fn link(&self, text: &str, path: &str) -> String {
        match self.links {
            Links::None => text.to_owned(),
            Links::From(depth) => format!("[{text}]({}{path})", "../".repeat(depth)),
        }
    }

    pub fn engine(&self, id: EngineId) -> String {
        let engine = self.lens.engine(id);
        self.link(&engine.name, &format!("engines/{}.md", engine.id))
    }

    pub fn engines(&self, ids: impl IntoIterator<Item = EngineId>) -> String {
        let names: Vec<String> = ids.into_iter().map(|id| self.engine(id)).collect();
        names.join(", ")
    }

    pub fn signal(&self, id: SignalId) -> String {
        let id = &self.lens.signal(id).id;
        self.link(id, &format!("signals.md#{id}"))
    }

    pub fn rule(&self, id: &str) -> String {
        self.link(&format!("`{id}`"), &format!("rules/{id}.md"))
    }

    /// A source, the date it was read, and how sure it is.
    pub fn source(&self, id: &str) -> String {
        let Some(source) = self.lens.sources.get(id) else {
            return String::new();
        };
        let title = match (source.url.as_str(), self.links) {
            ("", _) => source.title.clone(),
            (url, Links::None) => format!("{}, {url}", source.title),
            (url, Links::From(_)) => format!("[{}]({url})", source.title),
        };
        let sure = match source.certainty {
            Certainty::Vendor => "the vendor's own page",
            Certainty::Secondary => "a secondary source",
            Certainty::Known => "general knowledge",
            Certainty::Unconfirmed => "not confirmed",
        };
        format!("{title} (as of {}; {sure})", source.as_of)
    }
}

/// How loud a rule is, as a word.
pub(super) fn severity(severity: crate::lens::Severity) -> &'static str {
    use crate::lens::Severity;
    match severity {
        Severity::Hint => "hint",
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// The first letter as a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

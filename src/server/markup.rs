//! Text for people in the format a client shows: Markdown, or the same without marks.

use tower_lsp::ls_types::{MarkupContent, MarkupKind};

use crate::lens::Lens;

/// A piece of a line.
pub(super) enum Piece<'a> {
    Text(&'a str),
    Strong(&'a str),
    Code(&'a str),
    /// Words and the URL behind them; an empty URL is none.
    Link(&'a str, &'a str),
}

pub(super) struct Markup {
    markdown: bool,
    out: String,
}

impl Markup {
    pub fn new(markdown: bool) -> Markup {
        Markup {
            markdown,
            out: String::new(),
        }
    }

    pub fn paragraph(&mut self, pieces: &[Piece]) {
        self.gap("\n\n");
        self.pieces(pieces);
    }

    pub fn item(&mut self, pieces: &[Piece]) {
        let after_item = self.out.rsplit('\n').next().is_some_and(|line| line.starts_with("- "));
        self.gap(if after_item { "\n" } else { "\n\n" });
        self.out.push_str("- ");
        self.pieces(pieces);
    }

    /// A line between two things that stand at the same place.
    pub fn rule(&mut self) {
        self.paragraph(&[]);
        self.out.push_str("---");
    }

    /// "Source: title (as of date)", linked.
    pub fn source(&mut self, id: &str, lens: &Lens) {
        if let Some(source) = lens.sources.get(id) {
            let date = format!(" (as of {})", source.as_of);
            self.paragraph(&[
                Piece::Text("Source: "),
                Piece::Link(&source.title, &source.url),
                Piece::Text(&date),
            ]);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    pub fn finish(self) -> MarkupContent {
        let kind = if self.markdown {
            MarkupKind::Markdown
        } else {
            MarkupKind::PlainText
        };
        MarkupContent { kind, value: self.out }
    }

    fn gap(&mut self, gap: &str) {
        if !self.out.is_empty() {
            self.out.push_str(gap);
        }
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match (piece, self.markdown) {
                (Piece::Text(text), true) => self.escaped(text),
                (Piece::Strong(text), true) => {
                    self.out.push_str("**");
                    self.escaped(text);
                    self.out.push_str("**");
                }
                (Piece::Code(text), true) => {
                    self.out.push('`');
                    self.out.push_str(&one_line(text).replace('`', "'"));
                    self.out.push('`');
                }
                (Piece::Link(text, url), true) if !url.is_empty() => {
                    self.out.push('[');
                    self.escaped(text);
                    // Angle brackets let a URL hold parentheses.
                    self.out.push_str(&format!("](<{}>)", url.replace(['<', '>'], "")));
                }
                (Piece::Link(text, _), true) => self.escaped(text),
                (Piece::Link(text, url), false) if !url.is_empty() => {
                    self.out.push_str(&format!("{} <{url}>", one_line(text)));
                }
                (Piece::Text(text) | Piece::Strong(text) | Piece::Code(text) | Piece::Link(text, _), false) => {
                    self.out.push_str(&one_line(text));
                }
            }
        }
    }

    /// A record's words must not become marks.
    fn escaped(&mut self, text: &str) {
        for character in one_line(text).chars() {
            if "\\`*_[]<>#|~&$".contains(character) {
                self.out.push('\\');
            }
            self.out.push(character);
        }
    }
}

/// Line breaks and runs of them become a space; a space at either end stays.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' => {
                if !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            _ => line.push(character),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(markdown: bool) -> String {
        let mut markup = Markup::new(markdown);
        markup.paragraph(&[Piece::Strong("a_b"), Piece::Text(" needs\n<x> "), Piece::Code("joins")]);
        markup.item(&[Piece::Text("one")]);
        markup.item(&[Piece::Link("two", "https://x.org/(a)")]);
        markup.paragraph(&[Piece::Link("three", "")]);
        markup.finish().value
    }

    #[test]
    fn words_of_a_record_do_not_become_marks() {
        assert_eq!(
            written(true),
            "**a\\_b** needs \\<x\\> `joins`\n\n- one\n- [two](<https://x.org/(a)>)\n\nthree"
        );
        assert_eq!(
            written(false),
            "a_b needs <x> joins\n\n- one\n- two <https://x.org/(a)>\n\nthree"
        );
    }
}

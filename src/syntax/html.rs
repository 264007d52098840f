//! HTML inside Markdown: comments are kept apart, the text of elements becomes paragraphs and table cells, tags are dropped.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::{Block, BlockKind, Run, Style};
use crate::text::Span;

/// What one block of HTML holds.
#[derive(Default)]
pub(super) struct Html {
    pub blocks: Vec<Block>,
    pub comments: Vec<Span>,
}

/// Reads a block of HTML that stands at byte `base`. `table` is the number the first table in it gets.
pub(super) fn read(html: &str, base: usize, table: usize) -> Html {
    let mut reader = Reader {
        found: Html::default(),
        runs: Vec::new(),
        table,
        row: 0,
        column: 0,
        kind: BlockKind::Paragraph,
        strong: 0,
    };
    for token in Tokenizer::new_with_emitter(html, DefaultEmitter::<usize>::new_with_span()).flatten() {
        match token {
            Token::String(text) => {
                let span = Span::new(base + text.span.start, base + text.span.end);
                let words = String::from_utf8_lossy(&text.value).into_owned();
                if !words.trim().is_empty() {
                    let style = Style {
                        strong: reader.strong > 0,
                        ..Style::default()
                    };
                    reader.runs.push(Run {
                        span,
                        text: words,
                        style,
                    });
                }
            }
            Token::Comment(comment) => {
                reader
                    .found
                    .comments
                    .push(Span::new(base + comment.span.start, base + comment.span.end));
            }
            Token::StartTag(tag) => reader.opens(&tag.name),
            Token::EndTag(tag) => reader.closes(&tag.name),
            Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    reader.flush();
    reader.found
}

struct Reader {
    found: Html,
    runs: Vec<Run>,
    table: usize,
    row: usize,
    column: usize,
    kind: BlockKind,
    strong: usize,
}

impl Reader {
    fn opens(&mut self, name: &[u8]) {
        match name {
            b"b" | b"strong" => self.strong += 1,
            b"tr" => {
                self.flush();
                self.column = 0;
            }
            b"td" | b"th" => {
                self.flush();
                self.kind = BlockKind::Cell {
                    table: self.table,
                    row: self.row,
                    column: self.column,
                };
            }
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => {
                self.flush();
                self.kind = BlockKind::Heading {
                    level: name.get(1).map_or(6, |digit| digit - b'0'),
                };
            }
            _ if separates(name) => self.flush(),
            _ => {}
        }
    }

    fn closes(&mut self, name: &[u8]) {
        match name {
            b"b" | b"strong" => self.strong = self.strong.saturating_sub(1),
            b"td" | b"th" => {
                self.flush();
                self.column += 1;
            }
            b"tr" => {
                self.flush();
                self.row += 1;
            }
            b"table" => {
                self.flush();
                (self.table, self.row) = (self.table + 1, 0);
            }
            _ if separates(name) => self.flush(),
            _ => {}
        }
    }

    fn flush(&mut self) {
        let kind = std::mem::replace(&mut self.kind, BlockKind::Paragraph);
        let runs = std::mem::take(&mut self.runs);
        let Some(span) = runs.iter().map(|run| run.span).reduce(Span::join) else {
            return;
        };
        self.found.blocks.push(Block {
            kind,
            span,
            runs,
            parent: None,
            quoted: false,
        });
    }
}

fn separates(name: &[u8]) -> bool {
    matches!(
        name,
        b"p" | b"div"
            | b"br"
            | b"li"
            | b"ul"
            | b"ol"
            | b"summary"
            | b"details"
            | b"section"
            | b"table"
            | b"pre"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
    )
}

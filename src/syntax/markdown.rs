//! Markdown → outline, by pulldown-cmark's events with their offsets.

use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::{Block, BlockKind, Link, Outline, Run, Style, front_matter, html};
use crate::text::Span;

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_GFM);

pub(super) fn outline(text: &str) -> Outline {
    // The byte-order mark is no text, but its bytes count.
    let base = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let body = text.get(base..).unwrap_or_default();
    let mut options = OPTIONS;
    if body.starts_with("---") {
        options |= Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    } else if body.starts_with("+++") {
        options |= Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    }
    let mut builder = Builder {
        text,
        base,
        ..Builder::default()
    };
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        builder.event(event, Span::new(base + range.start, base + range.end));
    }
    builder.close();
    builder.outline
}

#[derive(Default)]
struct Builder<'a> {
    text: &'a str,
    base: usize,
    outline: Outline,
    open: Option<Block>,
    style: Style,
    quotes: usize,
    /// For each open list: its number and the block before it.
    lists: Vec<(usize, Option<usize>)>,
    /// For each open list item: its block, once it has one, and its check box.
    items: Vec<(Option<usize>, Option<bool>)>,
    list_count: usize,
    table: usize,
    row: usize,
    column: usize,
    link: Option<(Span, String)>,
    metadata: Option<(MetadataBlockKind, String, Option<Span>)>,
    html: Option<(Span, String)>,
}

impl Builder<'_> {
    fn event(&mut self, event: Event, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) => self.text(&text, span, self.style),
            Event::Code(text) => self.text(
                &text,
                span,
                Style {
                    code: true,
                    ..self.style
                },
            ),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, span, self.style),
            // `Status: accepted` on a line of its own is an entry, whatever stands on the line before.
            Event::SoftBreak if self.entry_at(span.end) => self.text(
                "",
                span,
                Style {
                    ends: true,
                    ..Style::default()
                },
            ),
            // So is an option with a letter, which is no list item in Markdown: "A) Redis".
            Event::SoftBreak if self.lettered_at(span.end) => self.lettered_item(span),
            Event::SoftBreak => self.text(" ", span, self.style),
            Event::HardBreak => self.text(
                "",
                span,
                Style {
                    ends: true,
                    ..Style::default()
                },
            ),
            Event::InlineHtml(tag) => self.inline_html(&tag, span),
            Event::Html(part) => {
                let (whole, text) = self.html.get_or_insert((span, String::new()));
                *whole = whole.join(span);
                text.push_str(&part);
            }
            Event::TaskListMarker(checked) => {
                if let Some(item) = self.items.last_mut() {
                    item.1 = Some(checked);
                }
            }
            Event::Rule | Event::FootnoteReference(_) => {}
        }
    }

    /// Whether the line that begins at byte `at` opens with a letter as in "B) Memcached", "B. Memcached" or "**B. Memcached**".
    fn lettered_at(&self, at: usize) -> bool {
        let line = self.text.get(at..).unwrap_or_default().trim_start();
        let mut line = line.trim_start_matches(['*', '_']).chars();
        let letter = line.next().filter(char::is_ascii_alphabetic);
        let marked = match line.next() {
            Some(')') => letter.is_some(),
            Some('.') => letter.is_some_and(|letter| letter.is_ascii_uppercase()),
            _ => false,
        };
        marked && line.next() == Some(' ')
    }

    /// Closes the block before such a line; the first one of its kind was taken for a paragraph.
    fn lettered_item(&mut self, span: Span) {
        let first = self
            .open
            .as_ref()
            .is_some_and(|block| block.kind == BlockKind::Paragraph && self.lettered_at(block.span.start));
        if first {
            self.list_count += 1;
        }
        let intro = self.outline.blocks.len().checked_sub(1);
        let kind = BlockKind::Item {
            list: self.list_count,
            intro,
            checked: None,
        };
        if let Some(block) = self.open.as_mut().filter(|_| first) {
            block.kind = kind;
        }
        self.begin(kind, Span::new(span.end, span.end));
    }

    /// Whether the line that begins at byte `at` is an entry such as `**Status:** accepted`.
    fn entry_at(&self, at: usize) -> bool {
        super::is_entry(self.text.get(at..).unwrap_or_default())
    }

    fn start(&mut self, tag: Tag, span: Span) {
        match tag {
            Tag::Heading { level, .. } => self.begin(BlockKind::Heading { level: level as u8 }, span),
            Tag::Paragraph => {
                // The first paragraph of a loose list item is the item.
                let kind = match self.items.last() {
                    Some((None, _)) => self.item_kind(),
                    _ => BlockKind::Paragraph,
                };
                self.begin(kind, span);
            }
            Tag::CodeBlock(_) => self.begin(BlockKind::Code, span),
            Tag::BlockQuote(_) => {
                self.close();
                self.quotes += 1;
            }
            Tag::List(_) => {
                self.close();
                let intro = self.outline.blocks.len().checked_sub(1);
                self.lists.push((self.list_count, intro));
                self.list_count += 1;
            }
            Tag::Item => {
                self.close();
                self.items.push((None, None));
            }
            Tag::Table(_) => {
                self.close();
                (self.row, self.column) = (0, 0);
            }
            Tag::TableHead | Tag::TableRow => self.column = 0,
            Tag::TableCell => {
                self.begin(
                    BlockKind::Cell {
                        table: self.table,
                        row: self.row,
                        column: self.column,
                    },
                    span,
                );
            }
            Tag::Strong => self.style.strong = true,
            Tag::Emphasis => self.style.emphasis = true,
            Tag::Strikethrough => self.style.struck = true,
            Tag::Link { dest_url, .. } => {
                self.style.link = true;
                self.link = Some((span, dest_url.into_string()));
            }
            Tag::MetadataBlock(kind) => self.metadata = Some((kind, String::new(), None)),
            Tag::HtmlBlock => self.close(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, _span: Span) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::CodeBlock => self.close(),
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.close();
                self.items.pop();
            }
            TagEnd::TableCell => {
                self.close();
                self.column += 1;
            }
            TagEnd::TableHead | TagEnd::TableRow => self.row += 1,
            TagEnd::Table => self.table += 1,
            TagEnd::Strong => self.style.strong = false,
            TagEnd::Emphasis => self.style.emphasis = false,
            TagEnd::Strikethrough => self.style.struck = false,
            TagEnd::Link => {
                self.style.link = false;
                if let Some((span, target)) = self.link.take() {
                    self.outline.links.push(Link { span, target });
                }
            }
            TagEnd::MetadataBlock(_) => self.end_metadata(),
            TagEnd::HtmlBlock => self.end_html(),
            _ => {}
        }
    }

    fn item_kind(&self) -> BlockKind {
        let (list, intro) = self.lists.last().copied().unwrap_or_default();
        let checked = self.items.last().and_then(|(_, checked)| *checked);
        BlockKind::Item { list, intro, checked }
    }

    fn begin(&mut self, kind: BlockKind, span: Span) {
        self.close();
        let parent = match kind {
            BlockKind::Item { .. } => self.items.iter().rev().skip(1).find_map(|(block, _)| *block),
            _ => self.items.iter().rev().find_map(|(block, _)| *block),
        };
        self.open = Some(Block {
            kind,
            span,
            runs: Vec::new(),
            parent,
            quoted: self.quotes > 0,
        });
    }

    fn text(&mut self, text: &str, span: Span, style: Style) {
        if let Some((_, content, place)) = &mut self.metadata {
            content.push_str(text);
            *place = Some(place.map_or(span, |place| place.join(span)));
            return;
        }
        if self.open.is_none() {
            // Text straight inside a tight list item.
            let kind = if matches!(self.items.last(), Some((None, _))) {
                self.item_kind()
            } else {
                BlockKind::Paragraph
            };
            self.begin(kind, span);
        }
        if let Some(block) = &mut self.open {
            block.span = block.span.join(span);
            block.runs.push(Run {
                span,
                text: text.to_owned(),
                style,
            });
        }
    }

    fn inline_html(&mut self, tag: &str, span: Span) {
        if tag.starts_with("<!--") {
            self.outline.comments.push(span);
        } else if tag.to_ascii_lowercase().starts_with("<br") {
            self.text(
                "",
                span,
                Style {
                    ends: true,
                    ..Style::default()
                },
            );
        }
    }

    fn end_metadata(&mut self) {
        let Some((kind, content, place)) = self.metadata.take() else {
            return;
        };
        let at = place.map_or(self.base, |place| place.start);
        if self.outline.blocks.is_empty() {
            self.outline.front_matter = match kind {
                MetadataBlockKind::YamlStyle => front_matter::yaml(&content, at),
                MetadataBlockKind::PlusesStyle => front_matter::toml(&content, at),
            };
        } else if !content.trim().is_empty() {
            // Dashes around text further down are rules, not a front matter.
            let span = Span::new(at, at + content.len());
            self.text(&content, span, Style::default());
            self.close();
        }
    }

    fn end_html(&mut self) {
        let Some((span, content)) = self.html.take() else {
            return;
        };
        let found = html::read(&content, span.start, self.table);
        let tables = found.blocks.iter().filter_map(|block| match block.kind {
            BlockKind::Cell { table, .. } => Some(table + 1),
            _ => None,
        });
        self.table = tables.max().unwrap_or(self.table);
        self.outline.comments.extend(found.comments);
        for mut block in found.blocks {
            block.quoted = self.quotes > 0;
            block.parent = self.items.iter().rev().find_map(|(item, _)| *item);
            self.outline.blocks.push(block);
        }
    }

    fn close(&mut self) {
        let Some(mut block) = self.open.take() else { return };
        if let (BlockKind::Item { checked, .. }, Some(item)) = (&mut block.kind, self.items.last_mut()) {
            *checked = item.1;
            item.0 = Some(self.outline.blocks.len());
        }
        self.outline.blocks.push(block);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_know_their_introduction_and_nesting() {
        let read = outline("We need:\n\n- joins\n  - across tables\n- [x] backups\n");
        let kinds: Vec<_> = read.blocks.iter().map(|block| (block.kind, block.parent)).collect();
        assert_eq!(
            kinds[1],
            (
                BlockKind::Item {
                    list: 0,
                    intro: Some(0),
                    checked: None
                },
                None
            )
        );
        assert_eq!(
            kinds[2],
            (
                BlockKind::Item {
                    list: 1,
                    intro: Some(1),
                    checked: None
                },
                Some(1)
            )
        );
        assert_eq!(
            kinds[3],
            (
                BlockKind::Item {
                    list: 0,
                    intro: Some(0),
                    checked: Some(true)
                },
                None
            )
        );
    }

    #[test]
    fn front_matter_comments_and_html_are_told_apart() {
        let text = "\u{feff}---\nstatus: accepted\ntags: [a, b]\n---\n# T\n<!-- fill in -->\n<table><tr><td>Status</td><td>open</td></tr></table>\n";
        let read = outline(text);
        assert_eq!(read.front_matter[0].value, "accepted");
        assert_eq!(read.front_matter[0].span.of(text), "accepted");
        assert_eq!(read.comments.len(), 1);
        assert_eq!(read.comments[0].of(text), "<!-- fill in -->");
        let cells: Vec<_> = read
            .blocks
            .iter()
            .filter_map(|block| match block.kind {
                BlockKind::Cell { row, column, .. } => Some((row, column, block.plain())),
                _ => None,
            })
            .collect();
        assert_eq!(cells, [(0, 0, "Status".to_owned()), (0, 1, "open".to_owned())]);
    }

    #[test]
    fn spans_are_the_words_of_the_file() {
        let text = "a **bold** word &amp; `code`\r\nnext";
        for run in outline(text).blocks.iter().flat_map(|block| &block.runs) {
            assert!(run.span.end <= text.len());
            if run.text.len() == run.span.end - run.span.start {
                assert_eq!(run.span.of(text), run.text);
            }
        }
    }
}

//! All pages of a lens, each by its place in the book, and the part of the table of contents that lists them.

use std::fmt::Write;

use jiff::civil::Date;
use rayon::prelude::*;

use super::writer::{Links, Writer, severity};
use super::{choice, engine, rule, rules, signal};
use crate::lens::Lens;

/// The line at the head of what is generated: pages, and the rest of the table of contents.
pub const GENERATED: &str = "<!-- Generated from the lens by `adr-lens lens pages`. -->";

/// A file of the book.
pub struct Page {
    /// Its place in the book, with `/`.
    pub path: String,
    pub text: String,
}

impl Page {
    fn new(path: String, text: &str) -> Page {
        Page {
            path,
            text: format!("{GENERATED}\n\n{text}"),
        }
    }
}

/// Every page of a lens. The last one is the part of `SUMMARY.md` that lists the others.
pub fn pages(lens: &Lens, as_of: Date) -> Vec<Page> {
    let deep = |depth| Writer::new(lens, Links::From(depth));
    // A rule's id has folders of its own.
    let depth = |id: &str| 1 + id.matches('/').count();
    let mut pages: Vec<Page> = lens
        .rules
        .iter()
        .map(|found| {
            Page::new(
                format!("rules/{}.md", found.id),
                &rule::page(found, deep(depth(&found.id))),
            )
        })
        .collect();
    let of_choice = choice::rules(lens);
    let tried = of_choice.par_iter().map(|(id, found)| {
        let text = choice::page(id, found, Some(as_of), deep(depth(id)));
        Page::new(format!("rules/{id}.md"), &text)
    });
    pages.extend(tried.collect::<Vec<_>>());
    let engines = lens.engine_ids().map(|id| {
        let text = engine::page(id, deep(1));
        Page::new(format!("engines/{}.md", lens.engine(id).id), &text)
    });
    pages.extend(engines);
    pages.push(Page::new("signals.md".to_owned(), &signal::all(deep(0))));
    pages.push(Page::new("rules/README.md".to_owned(), &rule_index(lens)));
    pages.push(Page::new("engines/README.md".to_owned(), &engine_index(lens)));
    pages.push(Page::new("SUMMARY.md".to_owned(), &summary(lens)));
    pages
}

fn rule_index(lens: &Lens) -> String {
    let mut text = String::from("# Rules\n");
    let mut category = String::new();
    for (id, loud, says) in rules(lens) {
        let of = id.split('/').next().unwrap_or_default();
        if of != category {
            category = of.to_owned();
            let _ = write!(text, "\n## {category}\n\n");
        }
        let _ = writeln!(text, "- [`{id}`]({id}.md) ({}): {says}", severity(loud));
    }
    text
}

fn engine_index(lens: &Lens) -> String {
    let mut text = String::from("# Engines\n");
    for family in lens.family_ids() {
        let mut of: Vec<_> = lens.engines.iter().filter(|engine| engine.family == family).collect();
        of.sort_by_key(|engine| engine.name.to_lowercase());
        if of.is_empty() {
            continue;
        }
        let family = lens.family(family);
        let _ = write!(text, "\n## {}\n\n{}\n\n", family.name, family.says);
        for engine in of {
            let _ = writeln!(text, "- [{}]({}.md): {}", engine.name, engine.id, engine.says);
        }
    }
    text
}

fn summary(lens: &Lens) -> String {
    let mut text = String::from("- [Rules](rules/README.md)\n");
    for (id, ..) in rules(lens) {
        let _ = writeln!(text, "  - [{id}](rules/{id}.md)");
    }
    text.push_str("- [Engines](engines/README.md)\n");
    for engine in &lens.engines {
        let _ = writeln!(text, "  - [{}](engines/{}.md)", engine.name, engine.id);
    }
    text.push_str("- [Signals](signals.md)\n");
    text
}

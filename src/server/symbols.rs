//! A record's table of contents: its sections with, in them, the options it weighs and the engines it decides for.

use std::collections::BTreeSet;

use tower_lsp::ls_types::*;

use super::session::Stopped;
use super::state::Snapshot;
use crate::amend::Page;
use crate::lens::{EngineId, SectionRole};
use crate::reading::{Reading, Role};
use crate::report::word;
use crate::text::Span;

/// A heading, an option or a choice, before it is put in the client's form.
struct Entry {
    name: String,
    detail: Option<String>,
    kind: SymbolKind,
    /// With all that belongs to it.
    span: Span,
    /// The words that name it.
    words: Span,
    /// Index of the entry it stands in; always an earlier one.
    parent: Option<usize>,
}

pub(super) fn symbols(snapshot: &Snapshot) -> Result<DocumentSymbolResponse, Stopped> {
    let analysis = snapshot.analysis()?;
    let page = Page::new(snapshot.text(), &analysis.reading.record);
    let mut entries = Vec::new();
    let of_section = sections(&page, &mut entries);
    engines(snapshot, &analysis.reading, &of_section, &mut entries);
    Ok(match snapshot.features.nested_symbols {
        true => nested(snapshot, entries).into(),
        false => flat(snapshot, &entries).into(),
    })
}

/// An entry for each heading; which entry each section belongs to comes back.
fn sections(page: &Page, entries: &mut Vec<Entry>) -> Vec<Option<usize>> {
    let record = page.record;
    let title = record.title.as_ref().and_then(|title| title.block);
    let mut of_section: Vec<Option<usize>> = Vec::with_capacity(record.sections.len());
    for (number, section) in record.sections.iter().enumerate() {
        let parent = section
            .parent
            .and_then(|parent| of_section.get(parent).copied().flatten());
        let Some((heading, block)) = section
            .heading
            .and_then(|heading| Some((heading, page.block(heading)?)))
        else {
            of_section.push(parent);
            continue;
        };
        // "Chosen option: …" under a heading that says as much adds nothing.
        let above = section.parent.and_then(|parent| record.sections.get(parent));
        if block.level().is_none() && above.is_some_and(|above| above.role == section.role && above.heading.is_some()) {
            of_section.push(parent);
            continue;
        }
        let is_title = title == Some(heading);
        entries.push(Entry {
            name: page.heading_text(block),
            detail: is_title.then(|| word(record.status)),
            kind: match section.role {
                _ if is_title => SymbolKind::MODULE,
                SectionRole::Options => SymbolKind::ENUM,
                _ => SymbolKind::NAMESPACE,
            },
            span: Span::new(page.start(number), page.whole_end(number)).join(block.span),
            words: block.span,
            parent,
        });
        of_section.push(Some(entries.len() - 1));
    }
    of_section
}

/// The engines that the record decides for, and those among its options, each where it is first named so.
fn engines(snapshot: &Snapshot, reading: &Reading, of_section: &[Option<usize>], entries: &mut Vec<Entry>) {
    let record = &reading.record;
    let parent = |sentence: usize| {
        let block = record.sentences.get(sentence)?.block;
        of_section.get(*record.section_of.get(block)?).copied().flatten()
    };
    let is_heading = |sentence: usize| {
        let block = record.sentences.get(sentence).map(|sentence| sentence.block);
        let block = block.and_then(|block| record.outline.blocks.get(block));
        block.is_some_and(|block| block.level().is_some())
    };
    for choice in reading.with_role(Role::Chosen) {
        let workload = choice.workload.as_ref().map(|workload| format!(" for {workload}"));
        entries.push(Entry {
            name: snapshot.lens.engine(choice.engine).name.clone(),
            detail: Some(format!("chosen{}", workload.unwrap_or_default())),
            kind: SymbolKind::CONSTANT,
            span: choice.span,
            words: choice.span,
            parent: parent(choice.sentence),
        });
    }
    let mut seen: BTreeSet<EngineId> = BTreeSet::new();
    for mention in &record.mentions {
        let role = record.sentences.get(mention.sentence).map(|sentence| sentence.role);
        let choice = reading.choices.iter().find(|choice| choice.engine == mention.engine);
        // What is chosen may have an entry at these very words.
        let told = |role, span| role == Role::Mentioned || role == Role::Chosen && span == mention.span;
        let Some(choice) = choice.filter(|choice| !told(choice.role, choice.span)) else {
            continue;
        };
        // An option with a heading of its own stands in the list already.
        if role != Some(SectionRole::Options) || is_heading(mention.sentence) || !seen.insert(mention.engine) {
            continue;
        }
        entries.push(Entry {
            name: snapshot.lens.engine(mention.engine).name.clone(),
            detail: Some(word(choice.role)),
            kind: snapshot.features.option_symbol,
            span: mention.span,
            words: mention.span,
            parent: parent(mention.sentence),
        });
    }
}

// `deprecated` is a field that both forms still have.
#[allow(deprecated)]
fn nested(snapshot: &Snapshot, entries: Vec<Entry>) -> Vec<DocumentSymbol> {
    let mut children: Vec<Vec<DocumentSymbol>> = entries.iter().map(|_| Vec::new()).collect();
    let mut top = Vec::new();
    // From the last to the first, so that each has its children when it goes into its parent.
    for (number, entry) in entries.into_iter().enumerate().rev() {
        let mut own = children.pop().unwrap_or_default();
        own.sort_by_key(|child| child.range.start);
        let symbol = DocumentSymbol {
            name: entry.name,
            detail: entry.detail,
            kind: entry.kind,
            tags: None,
            deprecated: None,
            range: snapshot.range(entry.span),
            selection_range: snapshot.range(entry.words),
            children: (!own.is_empty()).then_some(own),
        };
        match entry
            .parent
            .filter(|&parent| parent < number)
            .and_then(|parent| children.get_mut(parent))
        {
            Some(siblings) => siblings.push(symbol),
            None => top.push(symbol),
        }
    }
    top.sort_by_key(|symbol| symbol.range.start);
    top
}

#[allow(deprecated)]
fn flat(snapshot: &Snapshot, entries: &[Entry]) -> Vec<SymbolInformation> {
    let container = |entry: &Entry| Some(entries.get(entry.parent?)?.name.clone());
    let symbol = |entry: &Entry| SymbolInformation {
        name: entry.name.clone(),
        kind: entry.kind,
        tags: None,
        deprecated: None,
        location: Location {
            uri: snapshot.uri.clone(),
            range: snapshot.range(entry.span),
        },
        container_name: container(entry),
    };
    entries.iter().map(symbol).collect()
}

//! "Draft a record that supersedes this one": for an accepted record, whose decision is not changed any more. A new file with the next
//! number takes up what the record needs and decides for an engine that fits; each of the two links to the other.

use std::path::{Path, PathBuf};

use tower_lsp::ls_types::Uri;

use super::draft::{Draft, NewFile};
use super::{Analysis, Case, Page};
use crate::lens::{EngineId, Status};
use crate::reading::{Polarity, Role};
use crate::record::{Record, Template};
use crate::review::Category;
use crate::server::convert;
use crate::syntax::Language;
use crate::text::Change;

/// The engines to decide for: the first that would fit.
pub(super) fn candidates(case: &Case) -> Vec<EngineId> {
    let snapshot = case.snapshot;
    let accepted = case.analysis.reading.record.status == Status::Accepted;
    let about = matches!(case.finding.category, Category::Choice | Category::Lifecycle);
    if !accepted || !about || snapshot.language != Language::Markdown || !snapshot.features.creates_files {
        return Vec::new();
    }
    case.finding
        .alternatives
        .iter()
        .map(|other| other.engine)
        .take(1)
        .collect()
}

/// Whether the old record says it is superseded, and the new one decides for the engine without what was found in the old.
pub(super) fn is_done(case: &Case, engine: EngineId, after: &Analysis, new: &Analysis) -> bool {
    let decides = new
        .reading
        .with_role(Role::Chosen)
        .any(|choice| choice.engine == engine);
    let clean = !new.findings.iter().any(|finding| finding.is_loud());
    let open = new.reading.record.status == Status::Proposed;
    after.reading.record.status == Status::Superseded && decides && clean && open && new_rule_is_gone(case, new)
}

fn new_rule_is_gone(case: &Case, new: &Analysis) -> bool {
    !new.findings.iter().any(|finding| finding.rule == case.finding.rule)
}

pub(super) fn draft(case: &Case, page: &Page, engine: EngineId) -> Option<Draft> {
    let record = page.record;
    let status = record.status_span?;
    let own = convert::file_path(&case.snapshot.uri)?.into_owned();
    let name = &case.snapshot.lens.engine(engine).name;
    let subject = record.title.as_ref().and_then(|title| subject(&title.text));
    let title = match subject {
        Some(subject) => format!("Use {name} {subject}"),
        None => format!("Use {name}"),
    };
    let (number, path) = next(&own, &title)?;
    let file = path.file_name()?.to_str()?.to_owned();
    let heading = match (record.number, number) {
        (Some(_), Some(number)) => format!("{number}. {title}"),
        _ => title,
    };
    let small = status.of(page.text).starts_with(char::is_lowercase);
    let word = if small { "superseded" } else { "Superseded" };
    let change = Change {
        span: status,
        text: format!("{word} by [{heading}]({file})"),
    };
    let text = text(case, record, &heading, &own, name)?;
    Some(Draft {
        changes: vec![change],
        file: Some(NewFile {
            uri: Uri::from_file_path(&path)?,
            text: text.replace('\n', page.eol),
        }),
    })
}

/// What a title says the choice is for: "Use QLDB for the ledger" → "for the ledger".
fn subject(title: &str) -> Option<&str> {
    let at = title.find(" for ").or_else(|| title.find(" as "))?;
    title.get(at + 1..)
}

/// The next free number of the folder, and the path of a record with that number and title.
fn next(own: &Path, title: &str) -> Option<(Option<u32>, PathBuf)> {
    let folder = own.parent()?;
    let digits = |name: &str| name.bytes().take_while(u8::is_ascii_digit).count();
    let stem = own.file_stem()?.to_str()?;
    let (prefix, rest) = match stem.find(|c: char| c.is_ascii_digit()) {
        Some(at) if at <= 4 => stem.split_at(at),
        _ => ("", stem),
    };
    let width = digits(rest);
    let slug: String = title
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    let extension = own.extension()?.to_str()?;
    if width == 0 || width > 5 {
        let path = folder.join(format!("{slug}.{extension}"));
        return (!path.exists()).then_some((None, path));
    }
    let numbers = std::fs::read_dir(folder).ok()?.flatten().filter_map(|entry| {
        let name = entry.file_name();
        let rest = name.to_str()?.strip_prefix(prefix)?.to_owned();
        rest.get(..digits(&rest))?.parse::<u32>().ok()
    });
    let number = numbers.max().unwrap_or(0).checked_add(1)?;
    let path = folder.join(format!("{prefix}{number:0width$}-{slug}.{extension}"));
    Some((Some(number), path))
}

/// The new record, in the template of the old one.
fn text(case: &Case, record: &Record, heading: &str, own: &Path, name: &str) -> Option<String> {
    let old_file = own.file_name()?.to_str()?;
    let old_title = record.title.as_ref().map_or(old_file, |title| title.text.as_str());
    let old_title = match record.number {
        Some(number) => format!("{number}. {old_title}"),
        None => old_title.to_owned(),
    };
    let date = case.snapshot.settings.date();
    let because = &case.finding.because;
    let old = format!("[{old_title}]({old_file})");
    let needs = needs(case);
    let remedy = &case.finding.remedy;
    Some(match record.template {
        Template::Madr => format!(
            "---\nstatus: proposed\ndate: {date}\n---\n\n# {heading}\n\n## Context and Problem Statement\n\nThis record supersedes \
             {old}. {because}\n\n{needs}## Considered Options\n\n* {name}\n\n## Decision Outcome\n\nChosen option: \"{name}\".\n\n\
             ### Consequences\n\n* {remedy}\n"
        ),
        _ => format!(
            "# {heading}\n\nDate: {date}\n\n## Status\n\nProposed\n\nSupersedes {old}\n\n## Context\n\n{because}\n\n{needs}## Decision\n\n\
             We will use {name}.\n\n## Consequences\n\n- {remedy}\n"
        ),
    })
}

/// What the old record needs, in its own words.
fn needs(case: &Case) -> String {
    let mut lines: Vec<String> = Vec::new();
    for need in &case.analysis.reading.requirements {
        let words = need
            .span
            .of(case.snapshot.text())
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let line = format!("- {words}\n");
        if need.polarity == Polarity::Required && !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.is_empty() {
        return String::new();
    }
    format!("What was needed then:\n\n{}\n", lines.concat())
}

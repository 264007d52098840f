//! "Name … as an option": adds an engine that meets what was stated to the options of the record, in their style.

use super::{Analysis, Case, Change, Page};
use crate::amend::List;
use crate::lens::{EngineId, SectionRole};
use crate::reading::Role;

/// The engines of a finding that the record has not weighed yet.
pub(super) fn fitting(case: &Case) -> Vec<EngineId> {
    let weighed = |engine: EngineId| {
        case.analysis
            .reading
            .choices
            .iter()
            .any(|choice| choice.engine == engine && choice.role != Role::Mentioned)
    };
    case.finding
        .alternatives
        .iter()
        .map(|other| other.engine)
        .filter(|&engine| !weighed(engine))
        .collect()
}

/// Whether the record now weighs the engine, as the reader sees it.
pub(super) fn is_done(engine: EngineId, after: &Analysis) -> bool {
    after
        .reading
        .choices
        .iter()
        .any(|choice| choice.engine == engine && matches!(choice.role, Role::Considered | Role::Rejected))
}

pub(super) fn changes(case: &Case, page: &Page, engine: EngineId) -> Vec<Change> {
    let name = case.snapshot.lens.engine(engine).name.as_str();
    let options: Vec<usize> = page.sections(SectionRole::Options).collect();
    let lists = options
        .iter()
        .filter_map(|&section| page.list(section))
        .filter(|list| names_options(case, list))
        .map(|list| item(case, page, &list, engine));
    let headings = options
        .iter()
        .filter_map(|&section| heading(case, page, section, engine));
    let paragraphs = options
        .iter()
        .map(|&section| page.add_paragraph(page.own_end(section), &[format!("- {name}")]));
    let mut changes: Vec<Change> = lists.chain(headings).chain(paragraphs).collect();
    if options.is_empty() {
        changes.push(section(case, page, name));
    }
    changes
}

/// Whether a list under the options is a list of them: an item of it names an engine.
fn names_options(case: &Case, list: &List) -> bool {
    let record = &case.analysis.reading.record;
    let in_list = |sentence: usize| {
        record
            .sentences
            .get(sentence)
            .is_some_and(|sentence| list.items.contains(&sentence.block))
    };
    record.mentions.iter().any(|mention| in_list(mention.sentence))
}

/// An item like the last one: a lone name, or a name with what speaks for it.
fn item(case: &Case, page: &Page, list: &List, engine: EngineId) -> Change {
    let name = &case.snapshot.lens.engine(engine).name;
    let last = list.items.last().and_then(|&item| page.block(item));
    let strong = last
        .and_then(|block| block.runs.first())
        .is_some_and(|run| run.style.strong);
    let text = last.map(|block| block.plain()).unwrap_or_default();
    let named = if strong { format!("**{name}**") } else { name.clone() };
    let meets = meets(case, engine);
    let words = match text.find([':', '–', '—']) {
        Some(_) if !meets.is_empty() => format!("{named}: {meets}"),
        _ => named,
    };
    page.add_item(list, &words)
}

/// A heading under the options where each option has one.
fn heading(case: &Case, page: &Page, options: usize, engine: EngineId) -> Option<Change> {
    let last = page.children(options).into_iter().next_back()?;
    let name = &case.snapshot.lens.engine(engine).name;
    let says = &case.snapshot.lens.engine(engine).says;
    let model = page.block(page.record.sections.get(last)?.heading?)?.plain();
    let title = match numbered(&model) {
        Some(prefix) => format!("{prefix}{name}"),
        None => name.clone(),
    };
    Some(page.add_section_as_is(page.whole_end(options), last, &title, std::slice::from_ref(says)))
}

/// "Option 2: Redis" → "Option 3: "; "2. Redis" → "3. ".
fn numbered(heading: &str) -> Option<String> {
    let at = heading.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = heading.split_at(at);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = rest.split_at(digits);
    let separator: String = rest.chars().take_while(|c| !c.is_alphanumeric()).collect();
    let counts =
        before.split_whitespace().count() <= 1 && separator.trim_start().starts_with([':', '.', ')', '-', '–', '—']);
    let next = number.parse::<u64>().ok()? + 1;
    counts.then(|| format!("{before}{next}{separator}"))
}

/// Without options, a section for them before the decision, with what was chosen beside the alternative.
fn section(case: &Case, page: &Page, name: &str) -> Change {
    let decision = page.decision();
    let like = decision.or_else(|| page.section(&[SectionRole::Context, SectionRole::Status]));
    let at = decision.map_or_else(|| page.end(), |section| page.before(page.start(section)));
    let chosen = case
        .analysis
        .reading
        .with_role(Role::Chosen)
        .map(|choice| case.snapshot.lens.engine(choice.engine).name.as_str());
    let lines: Vec<String> = chosen.chain([name]).map(|name| format!("- {name}")).collect();
    page.add_section(at, like, 0, "Considered Options", &lines)
}

/// "meets joins, sql".
fn meets(case: &Case, engine: EngineId) -> String {
    let found = case.finding.alternatives.iter().find(|other| other.engine == engine);
    let ids: Vec<&str> = found
        .map(|other| {
            other
                .satisfies
                .iter()
                .map(|&signal| case.snapshot.lens.signal(signal).id.as_str())
                .collect()
        })
        .unwrap_or_default();
    if ids.is_empty() {
        String::new()
    } else {
        format!("meets {}", ids.join(", "))
    }
}

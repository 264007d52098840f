//! A sentence that says what is needed, or what is accepted, in the place where the record says such things.

use super::Page;
use crate::lens::SectionRole;
use crate::text::Change;

/// Changes that add a sentence to what the record needs, the likeliest place first: the list of drivers, the context, a section of
/// its own before the decision.
pub fn drivers(page: &Page, sentence: &str) -> Vec<Change> {
    let named = [SectionRole::Drivers, SectionRole::Requirements, SectionRole::Context];
    let mut changes: Vec<Change> = named
        .iter()
        .flat_map(|&role| page.sections(role).collect::<Vec<_>>())
        .map(|section| within(page, section, sentence))
        .collect();
    let decision = page.decision();
    let like = decision.or_else(|| page.section(&[SectionRole::Context, SectionRole::Status]));
    let at = decision.map_or_else(|| page.end(), |section| page.before(page.start(section)));
    changes.push(page.add_section(at, like, 0, "Decision Drivers", &[format!("* {sentence}")]));
    changes
}

/// Changes that add a sentence to the consequences.
pub fn consequences(page: &Page, sentence: &str) -> Vec<Change> {
    let named = [SectionRole::ConsequencesBad, SectionRole::Consequences];
    let mut changes: Vec<Change> = named
        .iter()
        .flat_map(|&role| page.sections(role).collect::<Vec<_>>())
        .map(|section| within(page, section, sentence))
        .collect();
    let decision = page.decision();
    let at = decision.map_or_else(|| page.end(), |section| page.whole_end(section));
    changes.push(page.add_section(at, decision, 0, "Consequences", &[format!("{sentence}.")]));
    changes
}

/// An item of the list that the section ends with, or a paragraph at its end.
fn within(page: &Page, section: usize, sentence: &str) -> Change {
    match page.list(section) {
        Some(list) => {
            let stop = if page.ends_with_stop(&list) { "." } else { "" };
            page.add_item(&list, &format!("{sentence}{stop}"))
        }
        None => page.add_paragraph(page.own_end(section), &[format!("{sentence}.")]),
    }
}

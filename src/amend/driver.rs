//! Sentences that say what is needed, or what is accepted, in the place where the record says such things.

use super::Page;
use crate::lens::SectionRole;
use crate::text::Change;

/// Changes that add sentences to what the record needs, the likeliest place first: the list of drivers, the context, a section of
/// its own before the decision.
pub fn drivers(page: &Page, sentences: &[String]) -> Vec<Change> {
    let named = [SectionRole::Drivers, SectionRole::Requirements, SectionRole::Context];
    let mut changes = in_sections(page, &named, sentences);
    let decision = page.decision();
    let like = decision.or_else(|| page.section(&[SectionRole::Context, SectionRole::Status]));
    let at = decision.map_or_else(|| page.end(), |section| page.before(page.start(section)));
    let items: Vec<String> = sentences.iter().map(|sentence| format!("* {sentence}")).collect();
    changes.push(page.add_section(at, like, 0, "Decision Drivers", &items));
    changes
}

/// Changes that add sentences to the consequences.
pub fn consequences(page: &Page, sentences: &[String]) -> Vec<Change> {
    let named = [SectionRole::ConsequencesBad, SectionRole::Consequences];
    let mut changes = in_sections(page, &named, sentences);
    let decision = page.decision();
    let at = decision.map_or_else(|| page.end(), |section| page.whole_end(section));
    changes.push(page.add_section(at, decision, 0, "Consequences", &[paragraph(sentences)]));
    changes
}

/// A change for each section of these roles, an earlier role first.
fn in_sections(page: &Page, roles: &[SectionRole], sentences: &[String]) -> Vec<Change> {
    roles
        .iter()
        .flat_map(|&role| page.sections(role))
        .map(|section| within(page, section, sentences))
        .collect()
}

/// Items of the list that the section ends with, or a paragraph at its end.
fn within(page: &Page, section: usize, sentences: &[String]) -> Change {
    match page.list(section) {
        Some(list) => {
            let stop = if page.ends_with_stop(&list) { "." } else { "" };
            let items: Vec<String> = sentences.iter().map(|sentence| format!("{sentence}{stop}")).collect();
            page.add_items(&list, &items)
        }
        None => page.add_paragraph(page.own_end(section), &[paragraph(sentences)]),
    }
}

fn paragraph(sentences: &[String]) -> String {
    format!("{}.", sentences.join(". "))
}

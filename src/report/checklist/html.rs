//! A checklist as one HTML file: no script, nothing from the network, readable on a telephone, on paper, by day and by night.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{READ_IT_SO, Sheet, Sheets, cited, counted, state_besides, told};
use crate::lens::Lens;
use crate::lens::checklist::{Choice, Help};
use crate::review::Finding;
use crate::review::checklist::{Answer, Group, State};

const STYLE: &str = include_str!("style.css");

/// Checklists of records as a page.
pub fn checklist_html(sheets: &Sheets) -> String {
    let title = match sheets.records.as_slice() {
        [sheet] => format!("Review checklist: {}", sheet.title()),
        sheets => format!("Review checklists of {} records", sheets.len()),
    };
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content={ "adr-lens " (env!("CARGO_PKG_VERSION")) };
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (title) }
                    p { (READ_IT_SO) " Judged as of " (sheets.as_of) "." }
                }
                @if sheets.records.len() > 1 { (contents(sheets)) }
                main {
                    @for (number, sheet) in sheets.records.iter().enumerate() {
                        (record(number, sheet, sheets.records.len() > 1))
                    }
                    (files("Notes", &sheets.notes))
                    (files("Unreadable", &sheets.unreadable))
                }
            }
        }
    };
    page.into_string()
}

fn contents(sheets: &Sheets) -> Markup {
    html! {
        nav aria-label="Records" {
            ol {
                @for (number, sheet) in sheets.records.iter().enumerate() {
                    li { a href={ "#record-" (number) } dir="auto" { (sheet.title()) } " " span.quiet { (counted(&sheet.checklist())) } }
                }
            }
        }
    }
}

fn files(label: &str, files: &[(String, String)]) -> Markup {
    html! {
        @if !files.is_empty() {
            section {
                h2 { (label) }
                ul { @for (path, why) in files { li { code { (path) } ": " (why) } } }
            }
        }
    }
}

fn record(number: usize, sheet: &Sheet, headed: bool) -> Markup {
    let lens = &sheet.lens;
    let checklist = sheet.checklist();
    let others: Vec<&&Finding> = checklist
        .others
        .iter()
        .filter(|finding| finding.suppressed.is_none())
        .collect();
    html! {
        article id={ "record-" (number) } {
            @if headed { h2 dir="auto" { (sheet.title()) } }
            p.about { code { (sheet.path) } ": " (sheet.summary()) "." }
            p.counts { (counted(&checklist)) }
            @for group in &checklist.groups { (self::group(number, group, sheet, headed, lens)) }
            @if !others.is_empty() {
                section {
                    (heading(headed, "Found besides", &format!("r{number}-others")))
                    ul.items { @for finding in others { (besides(finding, sheet, lens)) } }
                }
            }
        }
    }
}

/// A heading one level below that of the record.
fn heading(headed: bool, text: &str, id: &str) -> Markup {
    html! {
        @if headed { h3 id=(id) { (text) } } @else { h2 id=(id) { (text) } }
    }
}

fn group(number: usize, group: &Group, sheet: &Sheet, headed: bool, lens: &Lens) -> Markup {
    let id = format!("r{number}-{}", group.id);
    html! {
        section {
            (heading(headed, group.title, &id))
            ul.items { @for answer in &group.answers { (self::answer(number, answer, sheet, lens)) } }
        }
    }
}

/// The class of a state, its mark, and its name.
fn shown_as(state: State) -> (&'static str, &'static str, &'static str) {
    match state {
        State::Ticked => ("ticked", "✓", "Answered"),
        State::Failed => ("failed", "✗", "Failed"),
        State::Open => ("open", "?", "Open"),
        State::Human => ("human", "", "For people"),
    }
}

fn answer(number: usize, answer: &Answer, sheet: &Sheet, lens: &Lens) -> Markup {
    let (class, mark, word) = shown_as(answer.state);
    let id = format!("r{number}-{}", answer.item.id);
    html! {
        li class=(class) {
            @if answer.state == State::Human {
                p.question { input type="checkbox" id=(id); label for=(id) { (answer.item.question) } " " span.state { (word) } }
            } @else {
                p.question { span.mark aria-hidden="true" { (mark) } span { (answer.item.question) } " " span.state { (word) } }
            }
            @for finding in told(answer) { (self::finding(finding, sheet, lens)) }
            @if !answer.evidence.is_empty() {
                ul.evidence {
                    @for evidence in &answer.evidence {
                        li {
                            span.line { "line " (sheet.line(evidence.span)) } " "
                            q dir="auto" { (sheet.quote(evidence.span)) }
                            @if let Some(note) = &evidence.note { " " span.quiet { (note) } }
                        }
                    }
                }
            }
            @if matches!(answer.state, State::Open | State::Human) {
                p.why { (answer.item.why) " " (source(&answer.item.source, lens)) }
                @if !answer.prompts.is_empty() { ul.prompts { @for prompt in &answer.prompts { li { (prompt) } } } }
                @if !answer.item.help.is_empty() { ul.prompts { @for help in &answer.item.help { li { (self::help(help)) } } } }
                @if !answer.item.choices.is_empty() {
                    ul.choices { @for choice in &answer.item.choices { li { (self::choice(&id, choice)) } } }
                }
            }
        }
    }
}

/// A choice as a box to tick, with what helps, and what to do where it does not hold yet.
fn choice(question: &str, choice: &Choice) -> Markup {
    let id = format!("{question}-{}", choice.id);
    html! {
        input type="checkbox" id=(id); label for=(id) { (choice.title) }
        @if !choice.help.is_empty() || !choice.plan.is_empty() {
            ul {
                @for help in &choice.help { li { (self::help(help)) } }
                @for plan in &choice.plan { li { "To do: " (help(plan)) } }
            }
        }
    }
}

fn help(help: &Help) -> Markup {
    // A lens of a team may name any address; only pages are linked to.
    let is_page = help.url.starts_with("https://") || help.url.starts_with("http://");
    html! {
        @if !help.text.is_empty() { (help.text) " " }
        @if is_page { a href=(help.url) { (help.url) } } @else { (help.url) }
    }
}

/// A finding that no question asks about.
fn besides(finding: &Finding, sheet: &Sheet, lens: &Lens) -> Markup {
    let (class, mark, word) = shown_as(state_besides(finding));
    html! {
        li class=(class) {
            p.question { span.mark aria-hidden="true" { (mark) } span { (finding.rule) } " " span.state { (word) } }
            (self::finding(finding, sheet, lens))
        }
    }
}

fn finding(finding: &Finding, sheet: &Sheet, lens: &Lens) -> Markup {
    let names = finding.alternative_names(lens);
    html! {
        div.finding {
            p { span.line { "line " (sheet.line(finding.span)) } " " span dir="auto" { (finding.message) } " " code { (finding.rule) } }
            dl {
                dt { "Why" } dd { (finding.because) " " (source(&finding.source, lens)) }
                dt { "Way out" } dd { (finding.remedy) }
                @if !names.is_empty() { dt { "Would fit" } dd { (names.join(", ")) } }
            }
        }
    }
}

fn source(id: &str, lens: &Lens) -> Markup {
    html! {
        @if let Some((title, url, as_of)) = cited(id, lens) {
            cite {
                // A lens of a team may name any address; only pages are linked to.
                @if url.starts_with("https://") || url.starts_with("http://") { a href=(url) { (title) } } @else { (title) }
                ", as of " (as_of)
            }
        }
    }
}

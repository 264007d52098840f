//! A checklist as Markdown: task lists that a pull request or an issue can carry.

use std::fmt::Write;

use super::{READ_IT_SO, Sheet, Sheets, cited, counted, state_besides, told};
use crate::lens::Lens;
use crate::lens::checklist::{Choice, Help};
use crate::review::Finding;
use crate::review::checklist::{Answer, Checklist, State};

/// Checklists of records as Markdown.
pub fn checklist_markdown(sheets: &Sheets) -> String {
    let mut out = String::new();
    for sheet in &sheets.records {
        if !out.is_empty() {
            out.push('\n');
        }
        record(&mut out, sheet, sheets);
    }
    for (label, files) in [("Note", &sheets.notes), ("Unreadable", &sheets.unreadable)] {
        for (path, why) in files {
            let _ = write!(out, "\n{label}: {}: {}\n", code(path), escaped(why));
        }
    }
    out
}

fn record(out: &mut String, sheet: &Sheet, sheets: &Sheets) {
    let lens = &sheet.lens;
    let checklist = sheet.checklist();
    let _ = writeln!(out, "## Review checklist: {}\n", escaped(sheet.title()));
    let _ = writeln!(
        out,
        "{}: {}; judged as of {}.\n\n{}. {READ_IT_SO}",
        code(&sheet.path),
        escaped(&sheet.summary()),
        sheets.as_of,
        counted(&checklist)
    );
    for group in &checklist.groups {
        let _ = writeln!(out, "\n### {}\n", escaped(group.title));
        for answer in &group.answers {
            self::answer(out, answer, sheet, lens);
        }
    }
    others(out, &checklist, sheet, lens);
}

/// The box of a state, and what stands before the question.
fn shown_as(state: State) -> (char, &'static str) {
    match state {
        State::Ticked => ('x', ""),
        State::Failed => (' ', "**Failed:** "),
        State::Open => (' ', "**Open:** "),
        State::Human => (' ', "**For people:** "),
    }
}

fn answer(out: &mut String, answer: &Answer, sheet: &Sheet, lens: &Lens) {
    let (tick, label) = shown_as(answer.state);
    let _ = writeln!(out, "- [{tick}] {label}{}", escaped(&answer.item.question));
    for finding in told(answer) {
        self::finding(out, finding, sheet, lens);
    }
    for evidence in &answer.evidence {
        let note = evidence
            .note
            .as_ref()
            .map_or(String::new(), |note| format!(" ({})", escaped(note)));
        let quote = escaped(&sheet.quote(evidence.span));
        let _ = writeln!(
            out,
            "  - line {}: \u{201c}{quote}\u{201d}{note}",
            sheet.line(evidence.span)
        );
    }
    if matches!(answer.state, State::Open | State::Human) {
        let source = cited(&answer.item.source, lens)
            .map_or(String::new(), |(title, url, _)| format!(" ({})", link(title, url)));
        let _ = writeln!(out, "  - {}{source}", escaped(&answer.item.why));
        for prompt in &answer.prompts {
            let _ = writeln!(out, "  - {}", escaped(prompt));
        }
        for help in &answer.item.help {
            let _ = writeln!(out, "  - {}", self::help(help));
        }
        for choice in &answer.item.choices {
            self::choice(out, choice);
        }
    }
}

/// A choice with what helps, and what to do where it does not hold yet.
fn choice(out: &mut String, choice: &Choice) {
    let _ = writeln!(out, "  - [ ] {}", escaped(&choice.title));
    for help in &choice.help {
        let _ = writeln!(out, "    - {}", self::help(help));
    }
    for plan in &choice.plan {
        let _ = writeln!(out, "    - To do: {}", self::help(plan));
    }
}

fn help(help: &Help) -> String {
    let is_page = help.url.starts_with("https://") || help.url.starts_with("http://");
    match (help.text.as_str(), is_page) {
        ("", _) => link(&help.url, if is_page { &help.url } else { "" }),
        (text, false) => escaped(text),
        (text, true) => format!("{} ({})", escaped(text), link(&help.url, &help.url)),
    }
}

fn finding(out: &mut String, finding: &Finding, sheet: &Sheet, lens: &Lens) {
    let _ = writeln!(
        out,
        "  - line {}: {} ({})",
        sheet.line(finding.span),
        escaped(&finding.message),
        code(&finding.rule)
    );
    let _ = writeln!(out, "    - Why: {}", escaped(&finding.because));
    let _ = writeln!(out, "    - Way out: {}", escaped(&finding.remedy));
    let names = finding.alternative_names(lens);
    if !names.is_empty() {
        let _ = writeln!(out, "    - Would fit: {}", escaped(&names.join(", ")));
    }
    if let Some((title, url, as_of)) = cited(&finding.source, lens) {
        let _ = writeln!(out, "    - Source: {} (as of {as_of})", link(title, url));
    }
}

fn others(out: &mut String, checklist: &Checklist, sheet: &Sheet, lens: &Lens) {
    let loud: Vec<&&Finding> = checklist
        .others
        .iter()
        .filter(|finding| finding.suppressed.is_none())
        .collect();
    if loud.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n### Found besides\n");
    for finding in loud {
        let (tick, label) = shown_as(state_besides(finding));
        let _ = writeln!(out, "- [{tick}] {label}{}", escaped(&finding.message));
        self::finding(out, finding, sheet, lens);
    }
}

fn link(title: &str, url: &str) -> String {
    if url.is_empty() {
        escaped(title)
    } else {
        format!("[{}](<{}>)", escaped(title), url.replace(['<', '>', '\n'], ""))
    }
}

/// Words as code, whatever they hold.
fn code(words: &str) -> String {
    let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let words = words.replace(['\n', '\r'], " ");
    if longest == 0 {
        format!("`{words}`")
    } else {
        format!("{fence} {words} {fence}")
    }
}

/// Words that stand for themselves in Markdown: no markup, no HTML, and nobody called by an `@name` in a quotation.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '@' if rest.peek().is_some_and(|next| next.is_alphanumeric()) => out.push_str("@<!-- -->"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

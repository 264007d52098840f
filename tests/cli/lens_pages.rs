//! `adr-lens lens pages`, and the examples that the pages show.

use super::support::Folder;
use adr_lens::lens::builtin;

const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs");

#[test]
fn the_pages_that_are_checked_in_are_current() {
    let ran = Folder::with(&[]).run(&["--isolated", "lens", "pages", "--check", DOCS]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "write them anew: {}", ran.out);
}

#[test]
fn every_link_between_pages_leads_to_one() {
    let folder = Folder::with(&[]);
    assert_eq!(folder.run(&["--isolated", "lens", "pages", "book"]).status, 0);
    let book = folder.path().join("book");
    let mut open = vec![book.clone()];
    let mut links = 0;
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                std::fs::read_dir(&path)
                    .expect("a folder")
                    .flatten()
                    .map(|entry| entry.path()),
            );
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a page");
        // What stands between fences is shown, not followed.
        let text: String = text.split("```").step_by(2).collect();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            if link.starts_with("http") {
                continue;
            }
            let to = path.parent().expect("a folder").join(file);
            let target = std::fs::read_to_string(&to).unwrap_or_else(|_| panic!("{}: {link}", path.display()));
            assert!(
                anchor.is_empty() || target.contains(&format!("\n## {anchor}\n")),
                "{}: {link}",
                path.display()
            );
            links += 1;
        }
    }
    assert!(links > 1000, "{links} links");
}

#[test]
fn every_choice_page_shows_a_record_that_it_speaks_about() {
    let folder = std::path::Path::new(DOCS).join("rules/choice");
    let mut pages = 0;
    for page in std::fs::read_dir(folder).expect("the pages").flatten() {
        let text = std::fs::read_to_string(page.path()).expect("a page");
        assert!(
            text.contains("\n## A record that it speaks about\n"),
            "{}: the lens has no words for its need, or the contradiction cannot arise",
            page.path().display()
        );
        pages += 1;
    }
    assert!(pages > 700, "{pages} pages");
}

#[test]
fn a_team_s_rule_has_a_page_and_what_is_no_longer_known_has_none() {
    let rule = "\
[[rule]]
id = \"gap/owner\"
severity = \"hint\"
title = \"Owner not stated\"
says = \"The record does not say who runs the store.\"
why = \"Somebody is called at night.\"
remedy = \"Name the team.\"
asks = \"Who runs it?\"
answered-by = [\"operations\"]
source = \"framework\"
";
    let folder = Folder::with(&[
        ("adr-lens.toml", rule),
        ("docs/SUMMARY.md", "# Ours\n\n- [Home](home.md)\n"),
    ]);
    let ran = folder.run(&["lens", "pages"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    let page = folder.path().join("docs/rules/gap/owner.md");
    let text = std::fs::read_to_string(&page).expect("the page");
    assert!(
        text.contains("Name the team.") && text.contains("adr-lens-ignore gap/owner"),
        "{text}"
    );
    let summary = std::fs::read_to_string(folder.path().join("docs/SUMMARY.md")).expect("the contents");
    assert!(summary.starts_with("# Ours\n\n- [Home](home.md)\n") && summary.contains("rules/gap/owner.md"));
    assert_eq!(folder.run(&["lens", "pages", "--check"]).status, 0);
    folder.write("adr-lens.toml", b"");
    let ran = folder.run(&["lens", "pages", "--check"]);
    assert!(ran.status == 1 && ran.out.contains("gap/owner.md"), "{}", ran.out);
    assert_eq!(folder.run(&["lens", "pages"]).status, 0);
    assert!(!page.exists());
}

#[test]
fn rules_between_records_speak_in_the_folders_they_bring_and_are_quiet_beside_them() {
    let lens = builtin().expect("a lens without problems");
    let mut wrong = Vec::new();
    for rule in &lens.rules {
        for example in rule.examples.iter().filter(|example| !example.files.is_empty()) {
            let files: Vec<(&str, &str)> = example
                .files
                .iter()
                .map(|(name, text)| (name.as_str(), text.as_str()))
                .collect();
            let json = Folder::with(&files).run(&["check", ".", "--format", "json"]).json();
            let findings = json["findings"].as_array().expect("findings");
            let speaks = findings
                .iter()
                .any(|finding| finding["rule"] == rule.id.as_str() && finding["suppressed"].is_null());
            if speaks != example.finds {
                wrong.push(format!(
                    "{}: {} in {:?}",
                    rule.id,
                    if speaks { "speaks" } else { "is quiet" },
                    files
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

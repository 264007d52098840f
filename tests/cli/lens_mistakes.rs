//! A lens with a mistake in it: one clear sentence with its place, and the rest still works.

use super::support::{CONTRADICTION, Folder};

/// The lines on standard error when a record is checked under this `adr-lens.toml`.
fn told(files: &[(&str, &str)]) -> Vec<String> {
    let folder = Folder::with(files);
    folder.write("0001.md", CONTRADICTION.as_bytes());
    let ran = folder.run(&["check", "0001.md", "--format", "json"]);
    assert_eq!(ran.status, 2, "{}", ran.err);
    assert!(
        ran.loud_rules().contains(&"choice/joins-on-key-value".to_owned()),
        "the rest still works: {}",
        ran.out
    );
    ran.err
        .lines()
        .map(|line| line.strip_prefix("adr-lens: ").expect("our name").to_owned())
        .collect()
}

#[test]
fn each_mistake_is_one_sentence_at_its_place() {
    for (text, expected) in [
        (
            "overides = {}\n",
            "adr-lens.toml:1:1: unknown key `overides`; did you mean `overrides`?",
        ),
        (
            "\n[rules]\n  \"gap/scal\" = \"off\"\n",
            "adr-lens.toml:3:3: unknown rule `gap/scal`; did you mean `gap/scale`?",
        ),
        (
            "[rules]\n\"gaps/*\" = \"off\"\n",
            "adr-lens.toml:2:1: no rule is called `gaps/*`",
        ),
        (
            "[rules]\n\"gap/scale\" = \"of\"\n",
            "adr-lens.toml:2:15: `of` is not known here; did you mean `off`?",
        ),
        (
            "[engines]\nforbidden = [\"orcle\"]\n",
            "adr-lens.toml:2:14: unknown engine `orcle`; did you mean `oracle`?",
        ),
        (
            "[engines]\nhold = 3\n",
            "adr-lens.toml:2:8: expected a list of ids, or a table of ids with the reason for each",
        ),
        (
            "[engines]\nhold = [\"oracle\"]\nforbidden = [\"oracle\"]\n",
            "adr-lens.toml:2:9: `oracle` stands in two lists, hold and forbidden",
        ),
        (
            "[locked]\nrules = [\"life/*\"]\n",
            "adr-lens.toml:2:10: no rule is called `life/*`",
        ),
        (
            "[[overrides]]\npaths = [\"a[\"]\n",
            "adr-lens.toml:2:10: `a[` is no glob: unclosed character class; missing ']'",
        ),
        (
            "[cues.join]\ncues = [\"x\"]\n",
            "adr-lens.toml:1:7: unknown signal `join`; did you mean `joins`?",
        ),
        (
            "[cues.joins]\ncues = [\"a @nothing b\"]\n",
            "adr-lens.toml:2:9: phrase `a @nothing b` names the word class `@nothing`, which no `language/words-*.toml` defines",
        ),
        (
            "[cues.joins]\ncues = [\"...\"]\n",
            "adr-lens.toml:2:9: phrase `...` has no word",
        ),
        (
            "[cues.joins]\ncues = [\"a .. b .. c .. d .. e .. f .. g\"]\n",
            "adr-lens.toml:2:9: phrase `a .. b .. c .. d .. e .. f .. g…` is longer than 40 words or has more than 5 gaps",
        ),
        (
            "[thresholds.amazon-dynamodb]\nitem-size = { at-most = \"a lot\" }\n",
            "adr-lens.toml:2:25: `a lot` is no figure with a unit that is known here",
        ),
        ("[rules\n", "adr-lens.toml:1:7: unclosed table, expected `]`"),
        (
            "extends = \"./nowhere\"\n",
            "adr-lens.toml:1:11: `./nowhere`: no such file or folder",
        ),
        (
            "extends = [\"databases\", \"databses\"]\n",
            "adr-lens.toml:1:25: no lens is called `databses`; did you mean `databases`?; a path begins with `./`",
        ),
    ] {
        let told = told(&[("adr-lens.toml", text)]);
        assert_eq!(told, [expected], "{text}");
    }
}

#[test]
fn a_definition_that_is_wrong_is_told_once_and_not_again_where_it_is_named() {
    let text = "\
[engines]
forbidden = [\"orderdb\"]

[[engine]]
id = \"orderdb\"
famly = \"key-value\"
";
    let told = told(&[("adr-lens.toml", text)]);
    assert_eq!(told, ["adr-lens.toml:6:1: unknown key `famly`; did you mean `family`?"]);
}

#[test]
fn a_statement_about_an_unknown_need_points_at_the_need() {
    let text = "\
[[contradicts]]
on = \"key-value\"
signal = \"jions\"
because = \"x\"
remedy = \"y\"
source = \"framework\"
";
    let told = told(&[("adr-lens.toml", text)]);
    assert_eq!(
        told,
        ["adr-lens.toml:3:10: unknown signal `jions`; did you mean `joins`?"]
    );
}

#[test]
fn a_circle_is_told_where_it_closes() {
    let told = told(&[
        ("adr-lens.toml", "extends = [\"databases\", \"./a.toml\"]\n"),
        ("a.toml", "extends = \"./b.toml\"\n"),
        ("b.toml", "extends = \"./a.toml\"\n"),
    ]);
    assert_eq!(
        told,
        ["b.toml:1:11: `./a.toml` extends itself: a.toml → b.toml → a.toml"]
    );
}

#[test]
fn what_lies_outside_the_workspace_is_not_read() {
    let outside = Folder::with(&[("other.toml", "[rules]\n\"*\" = \"off\"\n")]);
    let path = outside.path().join("other.toml");
    let text = format!("extends = [\"databases\", {:?}]\n", path.display().to_string());
    let told = told(&[("adr-lens.toml", &text)]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("adr-lens.toml:1:25: ") && told[0].contains("lies outside the workspace"),
        "{told:?}"
    );
}

#[test]
fn a_huge_file_is_not_read() {
    let text = format!("# {}\n", "x".repeat(10 << 20));
    let told = told(&[("adr-lens.toml", &text)]);
    assert_eq!(told, ["adr-lens.toml: 10 MiB; a file of a lens is at most 4 MiB"]);
}

#[test]
fn a_folder_that_is_extended_points_into_its_files() {
    let told = told(&[
        ("adr-lens.toml", "extends = [\"databases\", \"./house\"]\n"),
        ("house/engines/orderdb.toml", "id = \"orderdb\"\nnmae = \"OrderDB\"\n"),
        ("house/colours/red.toml", ""),
    ]);
    assert_eq!(
        told,
        [
            "house/colours/red.toml: no file of a lens is called so",
            "house/engines/orderdb.toml:2:1: unknown key `nmae`; did you mean `name`?",
        ]
    );
}

#[test]
fn inheritance_that_leads_back_is_told_and_broken() {
    let engine = |id: &str, other: &str| {
        format!(
            "[[engine]]\nid = \"{id}\"\nname = \"{id}\"\nfamily = \"key-value\"\nvendor = \"community\"\nsays = \"x\"\n\
             source = \"framework\"\noperation = \"managed\"\nkind-of = \"{other}\"\n\n"
        )
    };
    let told = told(&[("adr-lens.toml", &(engine("one", "two") + &engine("two", "one")))]);
    assert_eq!(told, ["adr-lens.toml:2:6: `one` inherits from itself"]);
}

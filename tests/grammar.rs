//! The corpus of `grammars/statement`, held against the committed parser without the generator.

use adr_lens::quantity::language;
use tree_sitter::Parser;

#[test]
fn the_corpus_parses_as_written() {
    let mut parser = Parser::new();
    parser.set_language(&language()).expect("the parser's version fits");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/grammars/statement/test/corpus");
    let mut cases = 0;
    for file in std::fs::read_dir(folder).expect("the corpus") {
        let text = std::fs::read_to_string(file.expect("a file").path()).expect("UTF-8");
        // A case is: a ruled title, the text, three dashes, the tree.
        let parts: Vec<&str> = text.split("==================\n").collect();
        for body in parts.iter().skip(2).step_by(2) {
            let Some((input, wanted)) = body.split_once("\n---\n") else {
                continue;
            };
            let tree = parser.parse(input.trim(), None).expect("a tree");
            let wanted = wanted.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(
                tree.root_node().to_sexp(),
                wanted.replace("( ", "(").replace(" )", ")"),
                "{input}"
            );
            assert!(!tree.root_node().has_error(), "{input}");
            cases += 1;
        }
    }
    assert!(cases >= 26, "{cases} cases");
}

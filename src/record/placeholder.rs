//! What a template asks to be filled in: `{describe the context}`.

use std::ops::Range;

/// The bytes of `text` in braces, braces included, in order; of nested ones the outermost. A lone word in braces is a name, as in
/// `orders-{tenant}`, and what is never closed is no placeholder.
pub(super) fn placeholders(text: &str) -> Vec<Range<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, brace) in text.match_indices(['{', '}']) {
        if brace == "{" {
            open.push(at);
        } else if let Some(start) = open.pop() {
            let asks = text
                .get(start + 1..at)
                .is_some_and(|inner| inner.trim().contains(char::is_whitespace));
            if asks {
                while found.last().is_some_and(|inner| inner.start > start) {
                    found.pop();
                }
                found.push(start..at + 1);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::placeholders;

    fn found(text: &str) -> Vec<&str> {
        placeholders(text)
            .into_iter()
            .filter_map(|range| text.get(range))
            .collect()
    }

    #[test]
    fn what_is_to_be_filled_in_stands_in_braces() {
        assert_eq!(
            found("Good, because {a positive {or neutral} effect}."),
            ["{a positive {or neutral} effect}"]
        );
        assert_eq!(found("{one thing} and {another one}"), ["{one thing}", "{another one}"]);
    }

    #[test]
    fn a_name_in_braces_and_a_brace_that_is_never_closed_are_none() {
        assert_eq!(found("orders-{tenant} {  x  } {never closed"), [""; 0]);
        assert_eq!(found("} {never {closed twice}"), ["{closed twice}"]);
    }
}

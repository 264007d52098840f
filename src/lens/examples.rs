//! The sentences beside a lens (`lenses/examples/<signal>.toml`) → examples to train and to measure the reader on.

use serde::Deserialize;

use super::likeness::{Example, Says};

/// Sentences that state a signal, deny it, or do neither. What else a sentence states or denies stands behind it:
/// `… | also: joins, not sql`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Examples {
    pub required: Vec<String>,
    pub not_required: Vec<String>,
    pub nothing: Vec<String>,
    /// The same in words far from those of the cues: trained on like the others, measured by themselves.
    #[serde(default)]
    pub far: Option<Box<Examples>>,
}

impl Examples {
    /// The sentences as examples for the signal the file is named after, and for those they state beside it.
    pub fn of(self, signal: &str) -> Vec<Example> {
        let far = self.far.map(|far| *far).unwrap_or_default();
        let all = [
            (self.required, Says::Required),
            (far.required, Says::Required),
            (self.not_required, Says::NotRequired),
            (far.not_required, Says::NotRequired),
            (self.nothing, Says::Nothing),
            (far.nothing, Says::Nothing),
        ];
        let examples_of = |written: &str, says| -> Vec<Example> {
            let (text, others) = also(written);
            let example = |(signal, says): (&str, Says)| Example {
                text: text.to_owned(),
                signal: signal.to_owned(),
                says,
            };
            std::iter::once((signal, says)).chain(others).map(example).collect()
        };
        let each = all
            .iter()
            .flat_map(|(list, says)| list.iter().map(|written| (written, *says)));
        each.flat_map(|(written, says)| examples_of(written, says)).collect()
    }
}

/// A sentence, and what it says of other signals.
pub fn also(written: &str) -> (&str, Vec<(&str, Says)>) {
    let (text, others) = written.split_once(" | also:").unwrap_or((written, ""));
    let others = others.split(',').map(str::trim).filter(|other| !other.is_empty());
    (text.trim(), others.map(of_other).collect())
}

fn of_other(written: &str) -> (&str, Says) {
    match written.strip_prefix("not ") {
        Some(signal) => (signal, Says::NotRequired),
        None => (written, Says::Required),
    }
}

#[cfg(test)]
mod tests {
    use super::{Examples, Says, also};

    #[test]
    fn what_a_sentence_says_of_other_signals_stands_behind_it() {
        assert_eq!(also("Rows are joined."), ("Rows are joined.", Vec::new()));
        let (text, others) = also("Reports join tables, nobody writes SQL. | also: joins, not sql");
        assert_eq!(text, "Reports join tables, nobody writes SQL.");
        assert_eq!(others, [("joins", Says::Required), ("sql", Says::NotRequired)]);
    }

    #[test]
    fn a_sentence_is_an_example_for_all_that_it_says() {
        let examples = Examples {
            not_required: vec!["Losing a day is no drama. | also: ephemeral-data".to_owned()],
            ..Examples::default()
        };
        let told = examples.of("durable-storage").into_iter();
        let told: Vec<(String, Says)> = told.map(|example| (example.signal, example.says)).collect();
        let expected = [
            ("durable-storage", Says::NotRequired),
            ("ephemeral-data", Says::Required),
        ];
        assert_eq!(told, expected.map(|(signal, says)| (signal.to_owned(), says)));
    }
}

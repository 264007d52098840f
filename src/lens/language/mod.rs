//! The English of a lens: what its phrases stand for (`cue`, `label`) and, once they are compiled (`compile`), what can be asked of them.

mod compile;
mod cue;
mod label;

use aho_corasick::AhoCorasick;

use super::phrase::{Phrases, Vocabulary, Word};
use super::questions::Questions;
use super::schema::RolePattern;

pub(super) use compile::{Compiler, compile};
pub use cue::{ClauseWord, Cue, CueKind, ReferenceCue, Relation, Scope, TriggerKind};
pub use label::{Label, SectionRole, Status};

/// How much alike, from 0 to 1, a word must be to a status to be a slip of the pen.
const LIKE: f64 = 0.75;

pub struct Language {
    pub vocabulary: Vocabulary,
    /// Phrases about other records.
    pub references: Phrases<ReferenceCue>,
    /// Phrases of sentences.
    pub cues: Phrases<Cue>,
    /// Phrases of headings and of status entries.
    pub labels: Phrases<Label>,
    pub roles: Vec<RolePattern>,
    /// Phrases that answer an item of the checklist, by the item's number.
    pub answers: Phrases<u16>,
    /// Phrases of a sentence that leaves something open.
    pub unanswered: Phrases<()>,
    /// Words that speak of data stores.
    store_words: Phrases<()>,
    pronouns: Phrases<()>,
    past_endings: Vec<String>,
    /// How people ask about a record.
    pub questions: Questions,
    /// The words of statuses that are one word each.
    status_words: Vec<String>,
    /// What stands before the number of a record, in lower case: "adr".
    record_names: Vec<String>,
    /// The beginnings of the words that name the status entry.
    status_hints: Option<AhoCorasick>,
    /// Words by which a record that names no engine may still be about a design.
    subjects: Phrases<()>,
    /// The same as they are written.
    pub subject_words: Vec<String>,
}

impl Language {
    /// Every phrase as it is written.
    #[cfg(test)]
    fn written(&self) -> impl Iterator<Item = &str> {
        let cues = self.cues.written_all().chain(self.labels.written_all());
        let cues = cues
            .chain(self.references.written_all())
            .chain(self.answers.written_all());
        let words = self.unanswered.written_all().chain(self.store_words.written_all());
        let words = words
            .chain(self.pronouns.written_all())
            .chain(self.subjects.written_all());
        cues.chain(words).chain(self.questions.phrases.written_all())
    }

    /// Whether these words speak of the subject of a design rule.
    pub fn has_subject(&self, words: &[Word]) -> bool {
        !self.subjects.find(words).is_empty()
    }

    /// Whether a word speaks of data stores, so that a doubtful name beside it is an engine's.
    pub fn is_store_word(&self, word: &Word) -> bool {
        !self.store_words.find(std::slice::from_ref(word)).is_empty()
    }

    /// The word of a status that a word was most likely meant to be.
    pub fn status_like(&self, word: &str) -> Option<&str> {
        let word = word.to_lowercase();
        let alike = |known: &String| strsim::normalized_levenshtein(known, &word);
        let best = self.status_words.iter().max_by(|a, b| alike(a).total_cmp(&alike(b)))?;
        (alike(best) >= LIKE).then_some(best)
    }

    /// Whether a word, in lower case, stands before the number of a record: "ADR 12".
    pub fn names_records(&self, word: &str) -> bool {
        self.record_names.iter().any(|name| name == word)
    }

    /// Whether a text may hold a word that names the status entry; false only when it does not.
    pub fn may_name_status(&self, text: &str) -> bool {
        self.status_hints.as_ref().is_none_or(|hints| hints.is_match(text))
    }

    /// Whether a word ends like a verb of the past.
    pub fn is_past(&self, word: &Word) -> bool {
        self.past_endings.iter().any(|end| word.text.ends_with(end.as_str()))
    }

    /// Whether a word stands for a name of an earlier sentence.
    pub fn is_pronoun(&self, word: &Word) -> bool {
        !self.pronouns.find(std::slice::from_ref(word)).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use crate::lens::{builtin, phrase};

    #[test]
    fn no_phrase_is_compiled_when_the_program_starts() {
        let lens = builtin().unwrap();
        let names = lens.families.iter().map(|family| &family.name);
        let names: Vec<_> = names.chain(lens.signals.iter().map(|signal| &signal.id)).collect();
        // What is called by its name or its id in a question is no phrase of the files, and what is in a class a team's lens may say.
        let expected = |phrase: &&str| !phrase.contains('@') && !names.iter().any(|name| name == phrase);
        let missing: Vec<_> = lens
            .language
            .written()
            .filter(expected)
            .filter(|phrase| phrase::ready_number(phrase).is_none())
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}

//! The phrases of a lens, and the words of a text they are matched with (`lenses/README.md`, "Phrases").
//!
//! Phrases come in as lines of a table; matches in a sentence come out, each with the words it covers. A sentence is read once,
//! whatever the number of phrases: a phrase is tried only where its rarest word stands.

mod held;
mod matcher;
mod parse;
pub(super) use parse::{parse, parse_piece};
mod ready;
mod slot;
mod vocabulary;
mod words;
mod written;

pub use matcher::{Match, Phrases, PhrasesBuilder};
pub use parse::{Atom, Element, Key, Malformed};
#[cfg(test)]
pub(super) use ready::number as ready_number;
pub use vocabulary::{Compiled, Vocabulary, VocabularyBuilder};
pub use words::{Break, Word, split};
pub use written::{Phrase, Said};

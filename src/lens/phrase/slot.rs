//! A place of a compiled phrase.

/// What can stand in a place, by where its keys are: thousands of phrases lie behind one another, without a pointer among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// Up to this many words between.
    Gap(u8),
    /// A word with any of the keys that begin here, so many of them, ascending; or none at all when it is optional.
    Word(u32, u32, bool),
}

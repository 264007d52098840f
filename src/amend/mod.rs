//! A record and what is to be added → a change of its text, in its author's own hand: an item like the last one, a heading like the
//! others, the same line ends. Pure: whoever asks for a change decides whether it is applied.

mod driver;
mod page;
mod writing;

pub use driver::{consequences, drivers};
pub use page::{List, Page};

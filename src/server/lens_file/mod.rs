//! Lens files that are open in the editor, `adr-lens.toml` and the TOML files of a lens folder: what is wrong with them, what a name in
//! them means, and which names could stand there. They are no records: nothing else looks at them.

mod completion;
mod diagnostics;
mod document;
mod hover;
mod keys;
mod place;

pub(super) use completion::completion;
pub(super) use diagnostics::{all, clear, publish};
pub(super) use document::{LensDocument, LensSnapshot, is_lens_file};
pub(super) use hover::hover;

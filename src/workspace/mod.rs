//! Many records: which files are records, read from disk in parallel, each accounted for.

mod batch;
mod discover;
mod draft;
mod index;
mod lens_folder;
mod talk;
mod training;

pub use batch::{Checked, Outcome, Prefilter, Read, Reviewed, check_all, read_all, review_all};
pub use discover::{File, Found, Missing, discover};
pub use draft::{Draft, card, draft};
pub use index::{around, key, read_card, records_of};
pub use lens_folder::{LensError, load_lens};
pub use talk::{Talk, neighbours};
pub use training::{ExamplesError, load_examples, train_lens};

/// A path as reports write it: relative to the working directory where it lies below it, with `/`.
pub fn shown(path: &std::path::Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").map(str::to_owned).unwrap_or(text)
}

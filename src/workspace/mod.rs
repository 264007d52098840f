//! Many records: which files are records, read from disk in parallel, each accounted for, each with the lens in force for it.

mod baseline;
mod batch;
mod configuration;
mod discover;
mod draft;
mod index;
mod reach;
mod talk;
mod training;

pub use baseline::{Baseline, Entry};
pub use batch::{Checked, Outcome, Prefilter, Prefilters, Read, Reviewed, check_all, read_all, review_all};
pub use configuration::{Base, Configurations, From, InForce, NAME, absolute, load_lens, shown as shown_path};
pub use discover::{File, Found, Missing, discover, discover_within};
pub use draft::{Draft, card, draft};
pub use index::{alone, around, key, read_card, records_of};
pub use reach::Reach;
pub use talk::{Talk, neighbours};
pub use training::{ExamplesError, load_examples, train_lens};

/// A path as reports write it: relative to the working directory where it lies below it, with `/`.
pub fn shown(path: &std::path::Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").map(str::to_owned).unwrap_or(text)
}

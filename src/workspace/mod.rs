//! Many records: which files are records, read from disk in parallel, each accounted for.

mod batch;
mod discover;
mod lens_folder;
mod talk;

pub use batch::{Checked, Outcome, Prefilter, Read, check_all, read_all};
pub use discover::{File, Found, Missing, discover};
pub use lens_folder::{LensError, load_lens};
pub use talk::{Talk, neighbours};

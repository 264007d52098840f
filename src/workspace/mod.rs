//! Many records: which files are records, read from disk in parallel, each accounted for, each with the lens in force for it.

mod baseline;
mod batch;
mod configuration;
mod discover;
mod talk;

pub use baseline::{Baseline, Entry};
pub use batch::{Checked, Outcome, Prefilter, Prefilters, Read, check_all, read_all};
pub use configuration::{Base, Configurations, From, InForce, NAME, absolute, load_lens, shown as shown_path};
pub use discover::{File, Found, Missing, discover};
pub use talk::{Talk, neighbours};

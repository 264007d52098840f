//! Many records → one index: which record a link, a number or a name means, who says what of whom, who decides for which engine.
//!
//! Pure: paths are texts with `/`, and which files exist is told to the index. A record is here a [`Card`]: what its neighbours may
//! ask about it. Records whose files stand in one folder are one *portfolio*; what a link joins is found wherever it stands.

mod card;
mod index;
mod name;
pub mod path;

pub use card::{Card, Forbidden, Leads};
pub use index::{Index, Meaning, missing, related};
pub use name::{Numbered, file_number, is_record_name};

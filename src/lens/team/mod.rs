//! A team's `adr-lens.toml`: its text in, what it changes of the lenses it extends out. Finding and reading the files is `workspace`'s.
//!
//! Layers stand in the order of `extends`, the most general first, each lens once, where it is first reached; the file itself is the
//! last. A later layer overrides what an earlier one says of the same name.

mod layers;
mod merge;
mod parse;
mod pattern;
mod policy;
mod ruling;
pub mod schema;

/// The JSON Schema of `adr-lens.toml`, made from its types.
pub fn json_schema() -> String {
    let schema = schemars::schema_for!(schema::File);
    // A schema is a tree of JSON values: writing it cannot fail.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

pub use layers::{Layer, Loaded, Said, Summary, TestCase, assemble};
pub use parse::{LensFile, parse};
pub use policy::{Policy, Standing, StandingKind, Verdict};
pub use ruling::Place;

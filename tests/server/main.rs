//! The language server as a client sees it, over an in-memory pipe.

mod actions;
mod check;
mod checklist;
mod client;
mod configuration;
mod diagnostics;
mod edits;
mod hints;
mod hover;
mod lens_file;
mod matrix;
mod mends;
mod navigation;
mod protocol;
mod records;
mod rules;

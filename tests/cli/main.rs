//! The command line as a user meets it.

mod check;
mod checklist;
mod formats;
mod input;
mod other;
mod portfolio;
mod support;

//! The command line as a user meets it.

mod check;
mod formats;
mod input;
mod other;
mod portfolio;
mod support;

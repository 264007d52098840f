//! The command line as a user meets it.

mod check;
mod checklist;
mod formats;
mod input;
mod lens_commands;
mod lens_file;
mod lens_mistakes;
mod lens_pages;
mod other;
mod portfolio;
mod support;
mod well_architected;

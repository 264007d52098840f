//! adr-lens reads architecture decision records and holds each database choice against a decision framework, a *lens*.
//!
//! One way only: `text` → `syntax`, `quantity`, `lens` → `record` → `reading` → `portfolio` → `review` → a surface (`report`, `cli`, `server`, `mcp`).
//! A lower room never imports a higher one; `review` and below are pure: no clock, no files, no printing.

pub mod amend;
pub mod cli;
pub mod conversation;
pub mod lens;
pub mod mcp;
pub mod pages;
pub mod portfolio;
pub mod quantity;
pub mod reading;
pub mod record;
pub mod report;
pub mod review;
pub mod server;
pub mod syntax;
pub mod text;
pub mod well_architected;
pub mod workspace;

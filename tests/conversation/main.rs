//! Talks about the records in `records/`, written for this project.

#[path = "../server/client.rs"]
#[allow(dead_code)]
mod client;

mod assistant;
mod consent;
mod needs;
mod proposals;
mod quick;
mod script;
mod sourced;
mod stopped;
mod support;
mod surfaces;
mod understood;

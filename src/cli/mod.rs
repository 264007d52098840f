//! The command line: arguments in, a report on standard output, an exit status. One file per subcommand.

mod ask;
mod chat;
mod check;
mod checklist;
mod explain;
mod lsp;
mod read;
mod recommend;
mod rules;
mod terminal;
mod train;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::lens::{Lens, builtin};
use crate::workspace::load_lens;

/// Reads architecture decision records and holds each database choice against a decision framework.
#[derive(Parser)]
#[command(name = "adr-lens", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// A folder with a lens of the same shape as the built-in one, in its place
    #[arg(long, global = true, value_name = "DIR")]
    lens: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Report each database choice that contradicts its record's own requirements
    Check(check::Check),
    /// Print what was understood of each record
    Read(read::Read),
    /// Write the questions of a review, with what each record answers
    Checklist(checklist::Checklist),
    /// Rank engines for the requirements of a text
    Recommend(recommend::Recommend),
    /// Say what the lens knows of a rule, an engine or a signal
    Explain(explain::Explain),
    /// List every rule
    Rules(rules::Rules),
    /// Answer a question about a record, from its findings, the lens and its own words
    Ask(ask::Ask),
    /// Talk about a record: questions, what-ifs, proposed edits
    Chat(chat::Chat),
    /// Train the models of a lens on its example sentences
    Train(train::Train),
    /// Run the language server on standard input and output
    Lsp(lsp::Lsp),
}

/// Exit statuses of the contract.
const CLEAN: u8 = 0;
const FOUND: u8 = 1;
const FAILED: u8 = 2;

/// Something that kept the tool from its work; one line each on standard error.
struct Failure(Vec<String>);

impl<E: ToString> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure(vec![error.to_string()])
    }
}

type Outcome = Result<u8, Failure>;

/// Runs the program on its arguments.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        // Needs no lens, and mends one whose models are broken.
        Command::Train(command) => command.run(),
        command => {
            with_lens(arguments.lens.as_deref()).and_then(|lens| run_with(command, lens, arguments.lens.clone()))
        }
    };
    match outcome {
        Ok(status) => ExitCode::from(status),
        Err(Failure(lines)) => {
            for line in lines {
                anstream::eprintln!("adr-lens: {line}");
            }
            ExitCode::from(FAILED)
        }
    }
}

fn run_with(command: Command, lens: &'static Lens, folder: Option<PathBuf>) -> Outcome {
    match command {
        Command::Check(command) => command.run(lens),
        Command::Read(command) => command.run(lens),
        Command::Checklist(command) => command.run(lens),
        Command::Recommend(command) => command.run(lens),
        Command::Explain(command) => command.run(lens),
        Command::Rules(command) => command.run(lens),
        Command::Ask(command) => command.run(lens),
        Command::Chat(command) => command.run(lens),
        Command::Lsp(command) => command.run(lens, folder),
        Command::Train(command) => command.run(),
    }
}

/// The lens that all commands work with; it lives as long as the program.
fn with_lens(folder: Option<&std::path::Path>) -> Result<&'static Lens, Failure> {
    match folder {
        None => builtin().map_err(|problems| Failure(problems.iter().map(ToString::to_string).collect())),
        Some(folder) => match load_lens(folder) {
            Ok(lens) => Ok(Box::leak(Box::new(lens))),
            Err(error) => Err(Failure(error.to_string().lines().map(str::to_owned).collect())),
        },
    }
}

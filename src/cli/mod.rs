//! The command line: arguments in, a report on standard output, an exit status. One file per subcommand.

mod ask;
mod chat;
mod check;
mod checklist;
mod explain;
mod init;
mod lens;
mod lsp;
mod mcp;
mod read;
mod recommend;
mod rules;
mod terminal;
mod train;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::lens::{Lens, Problem};
use crate::workspace::{Base, Configurations, From as ConfiguredFrom};

/// Reads architecture decision records and holds each database choice against a decision framework.
#[derive(Parser)]
#[command(name = "adr-lens", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// A folder with a lens of the same shape as the built-in one, in its place
    #[arg(long, global = true, value_name = "DIR")]
    lens: Option<PathBuf>,
    /// One adr-lens.toml for all records, in the place of the nearest above each
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Look at no adr-lens.toml
    #[arg(long, global = true, conflicts_with = "config")]
    isolated: bool,
}

impl Arguments {
    fn configured_from(&self) -> ConfiguredFrom {
        match (&self.config, self.isolated) {
            (Some(file), _) => ConfiguredFrom::File(file.clone()),
            (None, true) => ConfiguredFrom::Nowhere,
            (None, false) => ConfiguredFrom::Nearest,
        }
    }
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
    /// Check, test and show a team's lens
    #[command(subcommand)]
    Lens(lens::Command),
    /// Write an adr-lens.toml to begin from
    Init(init::Init),
    /// Train the model of a lens on its example sentences
    Train(train::Train),
    /// Run the language server on standard input and output
    Lsp(lsp::Lsp),
    /// Serve an assistant over the Model Context Protocol on standard input and output
    Mcp(mcp::Mcp),
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
    let from = arguments.configured_from();
    let folder = arguments.lens;
    let outcome = match arguments.command {
        // These need no lens, and one of them mends a lens whose model is broken.
        Command::Train(command) => command.run(),
        Command::Init(command) => command.run(),
        command => base(folder.as_deref()).and_then(|base| run_with(command, base, from)),
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

fn run_with(command: Command, base: Base, from: ConfiguredFrom) -> Outcome {
    match command {
        Command::Check(command) => command.run(Configurations::new(base, from)),
        Command::Read(command) => with_configuration(base, from, HERE.as_ref(), |lenses, _| command.run(lenses)),
        Command::Checklist(command) => command.run(&Configurations::new(base, from)),
        Command::Recommend(command) => {
            let path = command.path().to_owned();
            with_configuration(base, from, &path, |_, lens| command.run(lens))
        }
        Command::Explain(command) => with_configuration(base, from, HERE.as_ref(), |_, lens| command.run(lens)),
        Command::Rules(command) => with_configuration(base, from, HERE.as_ref(), |_, lens| command.run(lens)),
        Command::Ask(command) => {
            let path = command.path().to_owned();
            with_configuration(base, from, &path, |_, lens| command.run(lens))
        }
        Command::Chat(command) => {
            let path = command.path().to_owned();
            with_configuration(base, from, &path, |_, lens| command.run(lens))
        }
        Command::Lens(command) => command.run(Configurations::new(base, from)),
        Command::Init(command) => command.run(),
        Command::Mcp(command) => command.run(base, from),
        Command::Train(command) => command.run(),
        Command::Lsp(command) => command.run(base, from),
    }
}

/// The lens that an adr-lens.toml extends when it says `databases`.
fn base(folder: Option<&std::path::Path>) -> Result<Base, Failure> {
    let base = folder.map_or_else(Base::builtin, Base::of_folder);
    base.map_err(|problems| Failure(told(&problems)))
}

/// The working directory, for commands that are about no record.
const HERE: &str = ".";

/// Runs a command with the lens in force for a path; it lives as long as the program.
fn with_configuration(
    base: Base,
    from: ConfiguredFrom,
    path: &std::path::Path,
    command: impl FnOnce(&Configurations, &'static Lens) -> Outcome,
) -> Outcome {
    let lenses = Configurations::new(base, from);
    let lens = lenses.lens_for(path);
    let status = command(&lenses, Box::leak(Box::new(lens)))?;
    sound(&lenses, status)
}

/// A status, unless something is wrong with an adr-lens.toml that was used: then that is told, beside what was found without it.
fn sound(lenses: &Configurations, status: u8) -> Outcome {
    let problems = lenses.problems();
    if problems.is_empty() {
        Ok(status)
    } else {
        Err(Failure(told(&problems)))
    }
}

fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

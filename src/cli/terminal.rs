//! What the terminal is: its colours, its width, a bar for long work; and printing that ends quietly when the reader has gone.

use std::io::{IsTerminal, Write};

use anstream::AutoStream;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Columns that text is laid out for when it is no terminal.
const WIDTH: usize = 120;
/// Fewer files than this are done before a bar could be read.
const WORTH_A_BAR: usize = 200;

/// Whether standard output takes colours (`NO_COLOR`, `CLICOLOR_FORCE` and the terminal decide).
pub fn colour() -> bool {
    AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
}

pub fn width() -> usize {
    let columns = std::io::stdout()
        .is_terminal()
        .then(|| terminal_size::terminal_size().map(|(width, _)| width.0 as usize));
    columns.flatten().unwrap_or(WIDTH)
}

/// A bar on standard error for long work; silent elsewhere.
pub fn bar(files: usize) -> ProgressBar {
    if files < WORTH_A_BAR || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template("{bar:30} {pos}/{len} records").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr()).with_style(style)
}

/// Prints a report. A pipe that was closed by its reader is no error.
pub fn print(text: &str) -> std::io::Result<()> {
    let mut out = anstream::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| {
        if text.ends_with('\n') {
            Ok(())
        } else {
            out.write_all(b"\n")
        }
    });
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

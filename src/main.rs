use std::process::ExitCode;

fn main() -> ExitCode {
    adr_lens::cli::run()
}

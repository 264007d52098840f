use std::process::ExitCode;

/// A check allocates many small things on all cores; this allocator takes a fifth off its time. Its second version touches less fresh
/// memory than its third: the program starts in 13 ms instead of 15.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    adr_lens::cli::run()
}

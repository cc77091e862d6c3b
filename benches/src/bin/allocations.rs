//! `allocations <subject> <routes> <n> [kind]`: allocations and bytes per request.

use std::process::ExitCode;

use bff_benches::{counting::Counting, dispatch::Run};

#[global_allocator]
static ALLOCATOR: Counting = Counting::new();

fn main() -> ExitCode {
    let run = match Run::from_args(std::env::args()) {
        Ok(run) => run,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::FAILURE;
        }
    };
    // The first run pays for what is set up once; the difference of the other two is that of the requests.
    let [_, short, long] = [1, 1, 2].map(|times| {
        let before = ALLOCATOR.so_far();
        Run { requests: run.requests * times, ..run }.send();
        let after = ALLOCATOR.so_far();
        (after.0 - before.0, after.1 - before.1)
    });
    let per_request = |short: usize, long: usize| (long - short) as f64 / run.requests as f64;
    println!(
        "{:.2} allocations, {:.1} bytes",
        per_request(short.0, long.0),
        per_request(short.1, long.1)
    );
    ExitCode::SUCCESS
}

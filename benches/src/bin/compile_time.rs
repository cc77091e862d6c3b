//! `compile_time [runs] [routes …]`: builds generated apps with the cargo at hand and prints how long an app
//! of bff takes beside the same app written by hand (see [`bff_benches::compile_time`]).

use std::{env, io, process::ExitCode};

use bff_benches::{compile_time::compare, scratch::Scratch};

fn main() -> ExitCode {
    let arguments: Result<Vec<usize>, _> =
        env::args().skip(1).map(|argument| argument.parse()).collect();
    let Ok(arguments) = arguments else {
        eprintln!("usage: compile_time [runs] [routes …]");
        return ExitCode::FAILURE;
    };
    let (runs, sizes) = match arguments.as_slice() {
        [] => (6, &[100, 500][..]),
        [runs] => (*runs, &[100, 500][..]),
        [runs, sizes @ ..] => (*runs, sizes),
    };
    let Some(runs) = u32::try_from(runs).ok().filter(|runs| *runs > 0) else {
        eprintln!("there must be a run");
        return ExitCode::FAILURE;
    };
    match compare_all(runs, sizes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn compare_all(runs: u32, sizes: &[usize]) -> io::Result<()> {
    let scratch = Scratch::new("compile-time")?;
    println!(
        "{:>6}  {:<15} {:>9} {:>9} {:>7} {:>11} {:>7}   means of {runs} runs",
        "routes", "", "bff", "axum", "ratio", "its profile", "ratio"
    );
    sizes.iter().try_for_each(|&routes| compare(scratch.path(), routes, runs))
}

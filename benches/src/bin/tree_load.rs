//! `tree_load [routes] [runs]`: how long an app folder of 1,000 routes takes to be read and checked, which is
//! what `bff::app!` does in every build of an app, and `bff routes` before it prints.

use std::{
    env,
    hint::black_box,
    process::ExitCode,
    time::{Duration, Instant},
};

use bff_benches::{
    generated::{self, Style},
    median::median,
    scratch::{self, Scratch},
};
use bff_tree::{AppFolder, SourceTree, check};

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1).map(|argument| argument.parse());
    let (Ok(routes), Ok(runs)) =
        (arguments.next().unwrap_or(Ok(1000)), arguments.next().unwrap_or(Ok(21)))
    else {
        eprintln!("usage: tree_load [routes] [runs]");
        return ExitCode::FAILURE;
    };
    match measure(routes, runs) {
        Ok((load, check)) => {
            println!("{routes} routes, median of {runs} runs");
            println!("from_dir {:>8.2} ms", milliseconds(load));
            println!("check    {:>8.2} ms", milliseconds(check));
            println!("both     {:>8.2} ms", milliseconds(load + check));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("the app folder cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The medians of reading the folder and of checking it.
fn measure(routes: usize, runs: usize) -> std::io::Result<(Duration, Duration)> {
    let scratch = Scratch::new("tree-load")?;
    for number in 0..routes {
        let file = scratch.path().join("app").join(generated::folder(number)).join("route.rs");
        scratch::write(&file, &generated::route(Style::Bff, number, &generated::word(number)))?;
    }
    let folder = AppFolder { package: scratch.path().to_owned(), app: None };
    let (mut loads, mut checks) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let start = Instant::now();
        let source = SourceTree::from_dir(&folder);
        loads.push(start.elapsed());
        let start = Instant::now();
        let checked = black_box(check(&source));
        checks.push(start.elapsed());
        assert_eq!(checked.tree.routes.len(), routes);
        assert!(checked.diagnostics.is_empty(), "the generated routes have mistakes");
    }
    Ok((median(loads), median(checks)))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

//! How long the compiler takes for an app of bff and for the same app written by hand.

mod app;
mod process;
mod server;

use std::{
    io,
    path::Path,
    time::{Duration, Instant},
};

pub use self::app::App;
use crate::{generated::Style, median::median};

/// What is measured of an app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The app's own crate from nothing, its dependencies being there.
    Full,
    /// A string in one route file is edited.
    Touch,
    /// The same, until the program that was built answers with the new string.
    Served,
}

impl Line {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 3] = [Self::Full, Self::Touch, Self::Served];

    fn name(self) -> &'static str {
        match self {
            Self::Full => "full build",
            Self::Touch => "touch",
            Self::Served => "edit to served",
        }
    }
}

/// Compares apps of this many routes, in turns so that a machine that grows slower does so for both, and
/// prints a line for each comparison.
///
/// # Errors
/// When a file cannot be written or a build or a server fails.
pub fn compare(scratch: &Path, routes: usize, runs: usize) -> io::Result<()> {
    let apps = [App::new(scratch, Style::Bff, routes)?, App::new(scratch, Style::Axum, routes)?];
    for app in &apps {
        // Builds the dependencies, and shows that the app works before anything is measured.
        app.edit("at first")?;
        app.build()?;
        app.served("at first")?;
    }
    for line in Line::ALL {
        let mut times = [Vec::new(), Vec::new()];
        for run in 1..=runs {
            for (app, times) in apps.iter().zip(&mut times) {
                times.push(measure(app, line, run)?);
            }
        }
        let [bff, axum] = times.map(|times| median(times).as_secs_f64());
        println!("{routes:>6}  {:<15} {bff:>7.2} s {axum:>7.2} s {:>7.2}", line.name(), bff / axum);
    }
    Ok(())
}

fn measure(app: &App, line: Line, run: usize) -> io::Result<Duration> {
    let edition = format!("{} {run}", line.name());
    if line == Line::Full {
        app.clean()?;
    }
    let start = Instant::now();
    match line {
        Line::Full => app.build()?,
        Line::Touch => {
            app.edit(&edition)?;
            app.build()?;
        }
        Line::Served => {
            app.edit(&edition)?;
            app.build()?;
            app.served(&edition)?;
        }
    }
    Ok(start.elapsed())
}

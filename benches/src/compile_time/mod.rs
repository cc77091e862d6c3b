//! How long the compiler takes for an app of bff and for the same app written by hand.
//!
//! The app of bff is built as `bff new` makes it. Whoever writes axum by hand begins with `cargo new`, so that is
//! what it is compared with; the app by hand with the profile of `bff new` is there to tell how much of the
//! difference is the profile.
//!
//! Each line is there twice, by the clock and, where the system tells it, with the time of the processor, which says
//! more on a machine that has other work.
//!
//! The figures are means: in about every second edit rustc compiles the code that belongs to no module again, in
//! either app, and a median would be one of the two cases by chance.

mod app;
mod cost;
mod process;
mod server;

use std::{io, path::Path, time::Duration};

pub use self::app::{App, Profile};
use self::cost::Cost;
use crate::generated::Style;

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
/// prints two lines for each comparison.
///
/// # Errors
/// When a file cannot be written or a build or a server fails.
pub fn compare(scratch: &Path, routes: usize, runs: u32) -> io::Result<()> {
    let subjects = [
        (Style::Bff, Profile::Scaffold),
        (Style::Axum, Profile::Default),
        (Style::Axum, Profile::Scaffold),
    ];
    let mut apps = Vec::new();
    for (style, profile) in subjects {
        let app = App::new(scratch, style, profile, routes)?;
        // Builds the dependencies, and shows that the app works before anything is measured.
        app.edit("at first")?;
        app.build()?;
        app.served("at first")?;
        apps.push(app);
    }
    for line in Line::ALL {
        let mut costs = [Cost::default(); 3];
        for run in 1..=runs {
            for (app, cost) in apps.iter().zip(&mut costs) {
                *cost += measure(app, line, run)?;
            }
        }
        print_row(routes, line.name(), costs.map(|cost| cost.clock / runs));
        let processor = costs.map(|cost| cost.processor / runs);
        if !processor.contains(&Duration::ZERO) {
            print_row(routes, "  processor", processor);
        }
    }
    Ok(())
}

fn print_row(routes: usize, name: &str, times: [Duration; 3]) {
    let [bff, by_hand, same_profile] = times.map(|time| time.as_secs_f64());
    println!(
        "{routes:>6}  {name:<15} {bff:>7.2} s {by_hand:>7.2} s {:>7.2} {same_profile:>9.2} s {:>7.2}",
        bff / by_hand,
        bff / same_profile
    );
}

fn measure(app: &App, line: Line, run: u32) -> io::Result<Cost> {
    let edition = format!("{} {run}", line.name());
    if line == Line::Full {
        app.clean()?;
    }
    Cost::of(|| match line {
        Line::Full => app.build(),
        Line::Touch => {
            app.edit(&edition)?;
            app.build()
        }
        Line::Served => {
            app.edit(&edition)?;
            app.build()?;
            app.served(&edition)
        }
    })
}

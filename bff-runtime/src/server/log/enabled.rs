use std::io::{self, IsTerminal as _};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::{Layer as _, filter::Targets, fmt, layer::SubscriberExt as _};

use crate::env;

/// Sends events to stderr, unless the program has a subscriber already.
pub(in crate::server) fn install() {
    if tracing::dispatcher::has_been_set() {
        return;
    }
    let (filter, misread) = filter(env::var_opt);
    let layer = fmt::layer().with_writer(io::stderr).with_ansi(wants_color()).with_filter(filter);
    // It fails only if another thread has set one in between, which is as good.
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(layer));
    if let Some(name) = misread {
        tracing::warn!("`{name}` is no filter like `info` or `warn,my_app=debug`; using `info`");
    }
}

/// What `BFF_LOG` or else `RUST_LOG` asks for, and the name of the one that cannot be read.
fn filter(var: impl Fn(&str) -> Option<String>) -> (Targets, Option<&'static str>) {
    let default = || Targets::new().with_default(LevelFilter::INFO);
    // An empty value is the shell's way of saying "none".
    let asked = ["BFF_LOG", "RUST_LOG"]
        .into_iter()
        .find_map(|name| Some((name, var(name).filter(|value| !value.is_empty())?)));
    match asked {
        None => (default(), None),
        Some((name, value)) => match value.parse() {
            Ok(filter) => (filter, None),
            Err(_) => (default(), Some(name)),
        },
    }
}

/// Escape sequences are for people; <https://no-color.org> lets them decline.
fn wants_color() -> bool {
    io::stderr().is_terminal() && env::var_opt("NO_COLOR").is_none_or(|value| value.is_empty())
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    #[test]
    fn the_own_variable_comes_before_the_common_one() {
        let rows = [
            (None, None, Level::INFO, None),
            (None, Some("debug"), Level::DEBUG, None),
            (Some("warn"), Some("debug"), Level::WARN, None),
            (Some(""), Some("debug"), Level::DEBUG, None),
            (Some("warn,app=trace"), None, Level::WARN, None),
            (Some("app=loud"), Some("debug"), Level::INFO, Some("BFF_LOG")),
        ];
        for (own, common, level, misread) in rows {
            let (filter, name) = filter(|name| {
                let value = if name == "BFF_LOG" { own } else { common };
                value.map(str::to_owned)
            });
            assert_eq!(filter.default_level(), Some(LevelFilter::from_level(level)), "{own:?}");
            assert_eq!(name, misread);
        }
    }
}

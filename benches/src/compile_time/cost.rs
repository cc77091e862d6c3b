use std::{
    fs, io,
    ops::AddAssign,
    time::{Duration, Instant},
};

/// What a step took: by the clock, and of the processor. Beside other work the second is the better figure.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    pub(super) clock: Duration,
    /// That of all processes that were started and have ended; zero where the system does not tell.
    pub(super) processor: Duration,
}

impl Cost {
    /// Of one step.
    pub(super) fn of(step: impl FnOnce() -> io::Result<()>) -> io::Result<Self> {
        let (before, start) = (processor_of_children(), Instant::now());
        step()?;
        let clock = start.elapsed();
        Ok(Self { clock, processor: processor_of_children().saturating_sub(before) })
    }
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        self.clock += other.clock;
        self.processor += other.processor;
    }
}

/// Linux tells it in hundredths of a second.
fn processor_of_children() -> Duration {
    fs::read_to_string("/proc/self/stat").ok().and_then(|stat| in_stat(&stat)).unwrap_or_default()
}

/// `cutime` and `cstime` of proc(5), the 16th and 17th field; the second, a name in parentheses, may have spaces.
fn in_stat(stat: &str) -> Option<Duration> {
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_whitespace().skip(13);
    let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(Duration::from_millis((user + system) * 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_children_is_found_behind_any_name() {
        let numbers = "S 1 2 3 4 5 6 7 8 9 10 11 12 130 20 0";
        for (stat, expected) in [
            (format!("7 (cargo) {numbers}"), Some(Duration::from_millis(1_500))),
            (format!("7 (a) b (c) {numbers}"), Some(Duration::from_millis(1_500))),
            ("7 (cargo) S 1 2".to_owned(), None),
            (String::new(), None),
        ] {
            assert_eq!(in_stat(&stat), expected, "{stat}");
        }
    }
}

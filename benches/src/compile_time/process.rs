use std::{
    fs::{self, File},
    io,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How long a build may take.
const DEADLINE: Duration = Duration::from_secs(900);

/// How often a file or a process is looked at.
const TICK: Duration = Duration::from_millis(1);

/// A process that ends when this is dropped.
pub(super) struct Running(Child);

impl Running {
    /// Starts it; what it prints goes to `log`.
    pub(super) fn start(command: &mut Command, log: &Path) -> io::Result<Self> {
        let output = File::create(log)?;
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output).spawn().map(Self)
    }

    /// Whether it ended well, if it ended.
    pub(super) fn ended(&mut self) -> io::Result<Option<bool>> {
        Ok(self.0.try_wait()?.map(|status| status.success()))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs a command to its end, which has to be a good one.
pub(super) fn run(command: &mut Command, log: &Path) -> io::Result<()> {
    let mut running = Running::start(command, log)?;
    let ended = until(DEADLINE, || running.ended())?;
    if ended { Ok(()) } else { Err(failure(&format!("{command:?} failed"), log)) }
}

/// Asks again and again until there is an answer.
pub(super) fn until<T>(
    deadline: Duration,
    mut ask: impl FnMut() -> io::Result<Option<T>>,
) -> io::Result<T> {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask()? {
            return Ok(answer);
        }
        if start.elapsed() > deadline {
            return Err(io::Error::new(
                io::ErrorKind::TimedOut,
                format!("nothing happened within {deadline:?}"),
            ));
        }
        thread::sleep(TICK);
    }
}

/// An error that shows what a process printed.
pub(super) fn failure(what: &str, log: &Path) -> io::Error {
    io::Error::other(format!("{what}\n{}", fs::read_to_string(log).unwrap_or_default()))
}

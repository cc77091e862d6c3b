use std::{
    fmt,
    path::{Path, PathBuf},
};

/// Something wrong in a `.env` file: which file, which line, and why.
///
/// Loading goes on after it, so that one slip does not take all other variables away. The text
/// never contains a value, since values are often secrets.
///
/// ```
/// # let dir = std::env::temp_dir().join(format!("bff-doc-file-error-{}", std::process::id()));
/// # std::fs::create_dir_all(&dir)?;
/// std::fs::write(dir.join(".env"), "FINE=1\nhunter2\n")?;
///
/// let env = bff::env::load(&dir, bff::env::Mode::Test);
/// let problem = &env.problems()[0];
/// assert!(problem.path().ends_with(".env"));
/// assert_eq!(problem.line(), Some(2));
/// assert!(!problem.to_string().contains("hunter2"));
/// # std::fs::remove_dir_all(&dir)?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    path: PathBuf,
    line: Option<usize>,
    message: String,
}

impl FileError {
    /// The file, as it was opened.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The line, counted from 1; `None` when the file as a whole could not be read.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    pub(super) fn at(path: &Path, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: Some(line), message: message.into() }
    }

    pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> Self {
        Self { path: path.to_owned(), line: None, message: format!("cannot be read: {error}") }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, message } = self;
        match line {
            Some(line) => write!(f, "`{}` line {line}: {message}", path.display()),
            None => write!(f, "`{}` {message}", path.display()),
        }
    }
}

impl std::error::Error for FileError {}

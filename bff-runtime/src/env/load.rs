use std::{collections::HashMap, fmt, path::Path};

use super::{FileError, Mode, files, layers};

/// The `.env` files of one directory under the environment of the process.
///
/// Made by [`load`]. Most programs never need it: [`var`](crate::env::var()) uses one for the
/// current directory.
pub struct Env {
    mode: Mode,
    files: Vec<&'static str>,
    values: HashMap<String, String>,
    problems: Vec<FileError>,
}

/// Reads the `.env` files of `dir` for `mode` (rows EV-01, EV-07), for scripts and tests.
///
/// Nothing is logged and nothing fails: what is wrong in a file is in [`Env::problems`].
///
/// ```
/// use bff::env::Mode;
///
/// # let dir = std::env::temp_dir().join(format!("bff-doc-load-{}", std::process::id()));
/// # std::fs::create_dir_all(&dir)?;
/// std::fs::write(dir.join(".env"), "API=http://${API_HOST}/v1\nAPI_HOST=localhost")?;
/// std::fs::write(dir.join(".env.production"), "API_HOST=api.example.com")?;
///
/// let env = bff::env::load(&dir, Mode::Production);
/// assert_eq!(env.get("API").as_deref(), Some("http://api.example.com/v1"));
/// assert_eq!(env.files(), [".env.production", ".env"]);
/// # std::fs::remove_dir_all(&dir)?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use]
pub fn load(dir: &Path, mode: Mode) -> Env {
    let mut problems = Vec::new();
    let files = files::read_all(dir, mode.file_names(), &mut problems);
    let values = layers::resolve(&files, &|name| std::env::var_os(name), &mut problems);
    Env { mode, files: files.iter().map(|file| file.name).collect(), values, problems }
}

impl Env {
    /// The value of a variable: from the process if it is defined there, else from the files.
    ///
    /// `None` when neither defines it, and when the process does with a value that is not Unicode.
    ///
    /// ```
    /// let env = bff::env::load(std::path::Path::new("no/such/folder"), bff::env::Mode::Test);
    /// assert_eq!(env.get("PATH"), std::env::var("PATH").ok());
    /// ```
    pub fn get(&self, name: &str) -> Option<String> {
        match std::env::var_os(name) {
            Some(value) => value.into_string().ok(),
            None => self.in_files(name).map(str::to_owned),
        }
    }

    /// The mode that decided on the files.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// The names of the files that were read, highest priority first (row EV-04).
    pub fn files(&self) -> &[&'static str] {
        &self.files
    }

    /// What is wrong in the files; the lines concerned are left out.
    pub fn problems(&self) -> &[FileError] {
        &self.problems
    }

    pub(super) fn in_files(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }
}

/// Shows names and no values, since values are often secrets.
impl fmt::Debug for Env {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mode, files, values, problems } = self;
        let mut names: Vec<_> = values.keys().collect();
        names.sort();
        f.debug_struct("Env")
            .field("mode", mode)
            .field("files", files)
            .field("names", &names)
            .field("problems", problems)
            .finish()
    }
}

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use super::{process, server};
use crate::{
    generated::{self, Style},
    scratch,
};

/// How cargo is told to build an app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// As `cargo new` leaves it.
    Default,
    /// As `bff new` writes it.
    Scaffold,
}

impl Profile {
    /// The tables of `bff-cli/templates/api/Cargo.toml.tmpl`.
    fn tables(self) -> &'static str {
        match self {
            Self::Default => "",
            Self::Scaffold => {
                "
[profile.dev]
debug = \"line-tables-only\"

[profile.dev.build-override]
opt-level = 1

[profile.dev.package.\"*\"]
debug = false
"
            }
        }
    }
}

/// A generated app on disk, which real cargo builds.
#[derive(Debug)]
pub struct App {
    style: Style,
    profile: Profile,
    name: String,
    folder: PathBuf,
    /// Shared by all apps of a profile, so that dependencies are built once.
    target: PathBuf,
    /// The route that is edited.
    edited: usize,
}

impl App {
    /// Writes an app with this many routes.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn new(scratch: &Path, style: Style, profile: Profile, routes: usize) -> io::Result<Self> {
        let name = match style {
            Style::Bff => format!("bff-app-{routes}"),
            Style::Axum => format!("axum-app-{routes}"),
        };
        let scratch = scratch.join(format!("{profile:?}").to_lowercase());
        let (folder, target) = (scratch.join(&name), scratch.join("target"));
        let app = Self { style, profile, name, folder, target, edited: routes / 2 };
        for number in 0..routes {
            scratch::write(
                &app.route_file(number),
                &generated::route(style, number, &generated::word(number)),
            )?;
        }
        scratch::write(&app.folder.join("src/main.rs"), &generated::main(style, routes))?;
        scratch::write(&app.folder.join("Cargo.toml"), &app.manifest())?;
        if style == Style::Bff {
            scratch::write(&app.folder.join("build.rs"), BUILD_SCRIPT)?;
        }
        // The versions that the workspace is built with.
        fs::copy(checkout().join("Cargo.lock"), app.folder.join("Cargo.lock"))?;
        Ok(app)
    }

    fn route_file(&self, number: usize) -> PathBuf {
        match self.style {
            Style::Bff => self.folder.join("app").join(generated::folder(number)).join("route.rs"),
            Style::Axum => {
                self.folder.join("src").join(generated::module(number)).with_extension("rs")
            }
        }
    }

    fn manifest(&self) -> String {
        let dependencies = match self.style {
            Style::Bff => format!(
                "\
bff = {{ package = \"bff-runtime\", path = {:?} }}
tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}
",
                checkout().join("bff-runtime")
            ),
            Style::Axum => "\
axum = \"0.8\"
tokio = { version = \"1\", features = [\"macros\", \"net\", \"rt-multi-thread\"] }
"
            .to_owned(),
        };
        format!(
            "\
[package]
name = \"{}\"
version = \"0.0.0\"
edition = \"2024\"

[workspace]

[dependencies]
{dependencies}serde = {{ version = \"1\", features = [\"derive\"] }}
{}",
            self.name,
            self.profile.tables()
        )
    }

    /// Writes another word into the answer of one route.
    pub(super) fn edit(&self, word: &str) -> io::Result<()> {
        fs::write(self.route_file(self.edited), generated::route(self.style, self.edited, word))
    }

    pub(super) fn build(&self) -> io::Result<()> {
        process::run(self.cargo("build").arg("--quiet"), &self.folder.join("cargo.log"))
    }

    /// Removes what was built of the app itself.
    pub(super) fn clean(&self) -> io::Result<()> {
        process::run(
            self.cargo("clean").args(["--quiet", "--package", &self.name]),
            &self.folder.join("cargo.log"),
        )
    }

    /// Starts the program and asks it for the word of the edited route.
    pub(super) fn served(&self, word: &str) -> io::Result<()> {
        let program = self.target.join("debug").join(&self.name);
        server::answers(
            &program,
            &self.folder.join("server.log"),
            &generated::url(self.edited),
            word,
        )
    }

    fn cargo(&self, command: &str) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.arg(command).current_dir(&self.folder).env("CARGO_TARGET_DIR", &self.target);
        cargo
    }
}

const BUILD_SCRIPT: &str = "\
fn main() {
    for path in [\"app\", \"build.rs\"] {
        println!(\"cargo::rerun-if-changed={path}\");
    }
}
";

/// The folder of the workspace that this benchmark was built from.
fn checkout() -> PathBuf {
    let benches = Path::new(env!("CARGO_MANIFEST_DIR"));
    benches.parent().unwrap_or(benches).to_owned()
}

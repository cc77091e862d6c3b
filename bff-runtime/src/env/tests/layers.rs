use std::{
    fs,
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
};

use crate::env::{Env, Mode, files, layers, load};

/// A folder of its own for one test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name =
            format!("bff-env-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = Self(std::env::temp_dir().join(name));
        fs::create_dir_all(&folder.0).unwrap();
        for (name, text) in files {
            fs::write(folder.0.join(name), text).unwrap();
        }
        folder
    }

    fn load(&self, mode: Mode) -> Env {
        load(&self.0, mode)
    }

    fn problems(&self, mode: Mode) -> Vec<String> {
        let prefix = format!("{}{}", self.0.display(), std::path::MAIN_SEPARATOR);
        let env = self.load(mode);
        env.problems().iter().map(|problem| problem.to_string().replace(&prefix, "")).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A variable that `cargo test` sets for every test.
const SET_BY_CARGO: &str = "CARGO_PKG_NAME";

const ALL: [&str; 10] = [
    ".env",
    ".env.local",
    ".env.development",
    ".env.development.local",
    ".env.production",
    ".env.production.local",
    ".env.test",
    ".env.test.local",
    ".env.example",
    "env",
];

#[test]
fn ev_01_the_mode_decides_on_the_files_and_their_order() {
    let folder = Folder::new(&ALL.map(|name| (name, "")));
    #[rustfmt::skip]
    let rows: [(Mode, &[&str]); 3] = [
        (Mode::Development, &[".env.development.local", ".env.local", ".env.development", ".env"]),
        (Mode::Production, &[".env.production.local", ".env.local", ".env.production", ".env"]),
        (Mode::Test, &[".env.test.local", ".env.test", ".env"]),
    ];
    for (mode, files) in rows {
        let env = folder.load(mode);
        assert_eq!(env.files(), files);
        assert_eq!(env.mode(), mode);
    }
}

#[test]
fn ev_01_the_first_definition_wins() {
    let texts = ALL.map(|name| (name, format!("WINNER={name}\nIN_{}=1", name.replace('.', "_"))));
    let folder = Folder::new(&texts.each_ref().map(|(name, text)| (*name, &**text)));
    for (mode, winner) in [
        (Mode::Development, ".env.development.local"),
        (Mode::Production, ".env.production.local"),
        (Mode::Test, ".env.test.local"),
    ] {
        let env = folder.load(mode);
        assert_eq!(env.get("WINNER").as_deref(), Some(winner));
        assert_eq!(env.get("IN__env").as_deref(), Some("1"), "lower files still count");
        assert_eq!(env.get("IN__env_example"), None);
    }
    assert_eq!(folder.load(Mode::Test).get("IN__env_local"), None);
}

#[test]
fn ev_01_rh_425_the_process_wins_over_all_files() {
    let folder = Folder::new(&[(".env", "CARGO_PKG_NAME=file\nCOPY=$CARGO_PKG_NAME")]);
    let env = folder.load(Mode::Development);
    let expected = std::env::var(SET_BY_CARGO).unwrap();
    assert_eq!(env.get(SET_BY_CARGO), Some(expected.clone()));
    assert_eq!(env.get("COPY"), Some(expected));
}

#[test]
fn ev_02_an_empty_variable_of_the_process_counts_as_defined() {
    let file = files::File {
        name: ".env",
        path: ".env".into(),
        text: "EMPTY=file\nOTHER=file".to_owned(),
    };
    let process = |name: &str| (name == "EMPTY").then(Default::default);
    let values = layers::resolve(&[file], &process, &mut Vec::new());
    assert_eq!(values.get("EMPTY"), None);
    assert_eq!(values["OTHER"], "file");
}

#[test]
fn ev_03_references_see_the_final_values() {
    let folder = Folder::new(&[
        (".env", "EXP=$FOO-${BAR}\nFOO=1\nBAR=2"),
        (".env.development", "FOO=dev"),
        (".env.local", "BAR=local"),
    ]);
    assert_eq!(folder.load(Mode::Development).get("EXP").as_deref(), Some("dev-local"));
    assert_eq!(folder.load(Mode::Test).get("EXP").as_deref(), Some("1-2"));
}

#[test]
fn the_last_line_wins_within_a_file() {
    let folder = Folder::new(&[(".env", "A=1\nA=2")]);
    assert_eq!(folder.load(Mode::Test).get("A").as_deref(), Some("2"));
}

#[test]
fn ev_05_a_directory_is_skipped() {
    let folder = Folder::new(&[(".env", "A=1")]);
    fs::create_dir(folder.0.join(".env.local")).unwrap();
    let env = folder.load(Mode::Development);
    assert_eq!(env.files(), [".env"]);
    assert_eq!(env.problems(), []);
}

#[cfg(unix)]
#[test]
fn ev_05_a_named_pipe_is_read() {
    let folder = Folder::new(&[]);
    let pipe = folder.0.join(".env");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|status| status.success()) {
        return;
    }
    // Opening for reading waits for this writer.
    let writer = std::thread::spawn(move || fs::write(pipe, "A=piped").unwrap());
    let env = folder.load(Mode::Test);
    writer.join().unwrap();
    assert_eq!(env.get("A").as_deref(), Some("piped"));
}

#[cfg(unix)]
#[test]
fn ev_05_an_unreadable_file_is_a_problem_and_the_others_count() {
    let folder = Folder::new(&[(".env", "A=1")]);
    // A link to itself cannot be opened by anyone, where a file without permissions still opens
    // for root.
    std::os::unix::fs::symlink(".env.local", folder.0.join(".env.local")).unwrap();
    let problems = folder.problems(Mode::Development);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with("`.env.local` cannot be read: "), "{problems:?}");
    assert_eq!(folder.load(Mode::Development).get("A").as_deref(), Some("1"));
}

#[test]
fn a_line_that_is_not_utf8_is_a_problem_and_the_others_count() {
    let folder = Folder::new(&[]);
    fs::write(folder.0.join(".env"), b"A=1\r\nB=\xff\xfe\r\nC=3").unwrap();
    assert_eq!(folder.problems(Mode::Test), ["`.env` line 2: the line is not valid UTF-8"]);
    let env = folder.load(Mode::Test);
    assert_eq!((env.get("A").as_deref(), env.get("C").as_deref()), (Some("1"), Some("3")));
    assert_eq!(env.get("B"), None);
}

#[test]
fn problems_name_file_and_line_and_never_the_value() {
    let folder = Folder::new(&[
        (".env", "FINE=1\nsecret-text\nKEY=\"secret-text\nLOOP=secret-text${LOOP}\n"),
        (".env.test", "# comment\nOPEN=secret-text${FINE"),
    ]);
    assert_eq!(
        folder.problems(Mode::Test),
        [
            "`.env` line 2: no `=` after the variable name",
            "`.env` line 3: the value begins with a quote but does not end with it",
            "`.env` line 4: `LOOP` is left out: `LOOP` refers to itself: LOOP → LOOP",
            "`.env.test` line 2: `OPEN` is left out: \
             `${FINE` goes on with neither `}` nor `:-default}`",
        ]
    );
    let env = folder.load(Mode::Test);
    assert_eq!(env.get("FINE").as_deref(), Some("1"));
    assert!(!format!("{env:?}").contains("secret-text"));
}

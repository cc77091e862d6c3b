//! Which names a package may have: cargo's rules, and those that an app of ours adds to them.

use crate::failure::TaskError;

/// What crates.io accepts; longer names would also make unwieldy binaries.
const MAX_LENGTH: usize = 64;

/// All words that edition 2024 reserves: <https://doc.rust-lang.org/reference/keywords.html>.
#[rustfmt::skip]
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in",
    "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized",
    "use", "virtual", "where", "while", "yield",
];

/// Names that are taken, with the reason in words.
const RESERVED: &[(&str, &[&str])] = &[
    (
        "it is the name of a crate of the standard library",
        &["alloc", "core", "proc-macro", "proc_macro", "std", "test"],
    ),
    (
        "cargo has a folder of that name beside the binaries",
        &["build", "deps", "examples", "incremental"],
    ),
    (
        "it is the name of a package of the framework itself",
        &["bff", "bff-cli", "bff-macros", "bff-runtime", "bff-tree"],
    ),
    (
        "Windows allows no file of that name",
        &[
            "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con",
            "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
        ],
    ),
];

/// A name that cargo accepts and that breaks nothing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PackageName(String);

impl PackageName {
    /// Checks a name, and says all that is wrong with it at once.
    pub(crate) fn parse(name: &str) -> Result<Self, TaskError> {
        let problems = problems(name);
        if problems.is_empty() {
            return Ok(Self(name.to_owned()));
        }
        Err(TaskError::new(format!("`{name}` cannot be the name of a package"))
            .with_details(problems.into_iter().map(|problem| format!("- {problem}")))
            .with_help(format!("try `{}`", suggestion(name))))
    }

    /// The name as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Every rule that a name breaks, as sentences about it.
fn problems(name: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let foreign = foreign_characters(name);
    if name.is_empty() {
        problems.push("it is empty".to_owned());
    }
    if !foreign.is_empty() {
        problems.push(format!(
            "it may have ASCII letters, digits, `-` and `_` only, and has {}",
            foreign.join(", ")
        ));
    }
    match name.chars().next() {
        Some(first @ '0'..='9') => problems.push(format!("it starts with the digit `{first}`")),
        Some('-') => problems.push("it starts with `-`".to_owned()),
        _ => {}
    }
    if KEYWORDS.contains(&name) {
        problems.push("it is a keyword of Rust".to_owned());
    }
    // Some file systems know no case, and Windows least of all.
    let folded = name.to_ascii_lowercase();
    for (reason, names) in RESERVED {
        if names.contains(&folded.as_str()) {
            problems.push((*reason).to_owned());
        }
    }
    let length = name.chars().count();
    if length > MAX_LENGTH {
        problems.push(format!("it has {length} characters, of at most {MAX_LENGTH}"));
    }
    problems
}

/// Each offending character once, in order, quoted.
fn foreign_characters(name: &str) -> Vec<String> {
    let mut foreign = Vec::new();
    for c in name.chars().filter(|&c| !is_allowed(c)) {
        let quoted =
            if c.is_control() { format!("`{}`", c.escape_debug()) } else { format!("`{c}`") };
        if !foreign.contains(&quoted) {
            foreign.push(quoted);
        }
    }
    foreign
}

/// Cargo allows all letters of Unicode, crates.io and half of all shells do not.
fn is_allowed(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// The nearest name that is allowed.
fn suggestion(name: &str) -> String {
    let words: Vec<String> = name
        .split(|c| !is_allowed(c) || c == '-')
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let mut name = words.join("-");
    name.truncate(MAX_LENGTH - "-api".len());
    let name = name.trim_end_matches('-');
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("api-{name}")
    } else if name.is_empty() {
        "my-api".to_owned()
    } else if problems(name).is_empty() {
        name.to_owned()
    } else {
        format!("{name}-api")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cn_10_good_names_are_accepted() {
        for name in ["my-api", "my_api", "a", "x1", "_private", "my--api", "MyApi", "tests", "api-"]
        {
            assert_eq!(PackageName::parse(name).unwrap().as_str(), name);
        }
        assert!(PackageName::parse(&"a".repeat(64)).is_ok());
    }

    #[test]
    fn cn_10_bad_names_are_refused_with_every_reason() {
        let long = format!("9{}", "é".repeat(70));
        let foreign = "ASCII letters, digits, `-` and `_` only, and has ";
        let table: &[(&str, &[&str], &str)] = &[
            ("", &["empty"], "my-api"),
            ("my app", &[&format!("{foreign}` `")], "my-app"),
            ("foo@1", &[&format!("{foreign}`@`")], "foo-1"),
            ("foo.bar", &[&format!("{foreign}`.`")], "foo-bar"),
            (".hidden", &[&format!("{foreign}`.`")], "hidden"),
            ("é", &[&format!("{foreign}`é`")], "my-api"),
            ("~'!()*", &[&format!("{foreign}`~`, `'`, `!`, `(`, `)`, `*`")], "my-api"),
            ("a\nb", &[&format!("{foreign}`\\n`")], "a-b"),
            ("Füllt Das", &[&format!("{foreign}`ü`, ` `")], "f-llt-das"),
            ("2nd", &["starts with the digit `2`"], "api-2nd"),
            ("-x", &["starts with `-`"], "x"),
            ("-", &["starts with `-`"], "my-api"),
            ("1 app!", &[foreign, "starts with the digit `1`"], "api-1-app"),
            ("type", &["keyword"], "type-api"),
            ("gen", &["keyword"], "gen-api"),
            ("Self", &["keyword"], "self-api"),
            ("test", &["standard library"], "test-api"),
            ("proc_macro", &["standard library"], "proc_macro-api"),
            ("proc-macro", &["standard library"], "proc-macro-api"),
            ("build", &["cargo has a folder"], "build-api"),
            ("bff", &["framework"], "bff-api"),
            ("bff-runtime", &["framework"], "bff-runtime-api"),
            ("CON", &["Windows"], "con-api"),
            ("lpt9", &["Windows"], "lpt9-api"),
            (&long, &[foreign, "starts with the digit `9`", "71 characters"], "api-9"),
        ];
        for &(name, reasons, suggested) in table {
            let error = PackageName::parse(name).unwrap_err();
            assert_eq!(error.message, format!("`{name}` cannot be the name of a package"));
            assert_eq!(error.details.len(), reasons.len(), "{name}: {:?}", error.details);
            for (detail, reason) in error.details.iter().zip(reasons) {
                assert!(detail.contains(reason), "{name}: `{detail}` lacks `{reason}`");
            }
            assert_eq!(error.help, Some(format!("try `{suggested}`")), "{name}");
            assert_eq!(problems(suggested), Vec::<String>::new(), "{name} → {suggested}");
        }
    }

    #[test]
    fn cn_10_every_reserved_word_is_refused_and_its_suggestion_is_not() {
        for name in KEYWORDS.iter().chain(RESERVED.iter().flat_map(|(_, names)| *names)) {
            assert!(PackageName::parse(name).is_err(), "{name}");
            assert_eq!(problems(&suggestion(name)), Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn cn_10_suggestions_are_never_too_long() {
        for name in
            ["a".repeat(65), "1".repeat(200), format!("{}!{}", "a".repeat(59), "b".repeat(9))]
        {
            assert_eq!(problems(&suggestion(&name)), Vec::<String>::new(), "{name}");
        }
    }
}

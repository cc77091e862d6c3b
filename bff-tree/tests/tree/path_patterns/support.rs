//! One helper: what a pattern makes of a path, by way of the engines that run it.

use bff_tree::path_pattern::{Dialect, PathPattern, Shape};

/// What each param captured, when the path matches; a list is split.
pub(super) type Captures = Vec<Option<Vec<String>>>;

/// A pattern with its engines.
pub(super) struct Compiled {
    pattern: PathPattern,
    whole: fancy_regex::Regex,
    split: Option<(regex::Regex, Option<regex::Regex>)>,
}

impl Compiled {
    pub(super) fn new(text: &str, dialect: Dialect) -> Self {
        let pattern = PathPattern::parse(text, dialect)
            .unwrap_or_else(|mistake| panic!("{mistake}\n{}", mistake.carets(text)));
        let whole = fancy_regex::Regex::new(pattern.regex()).expect("an expression");
        let plain = |text: &str| regex::Regex::new(text).expect(text);
        let split = match pattern.shape() {
            Shape::Regex { regex, except } => Some((plain(regex), except.as_deref().map(plain))),
            _ => None,
        };
        Self { pattern, whole, split }
    }

    pub(super) fn pattern(&self) -> &PathPattern {
        &self.pattern
    }

    /// Runs all that the pattern compiles to; they must agree.
    pub(super) fn captures(&self, path: &str) -> Option<Captures> {
        let found = self.whole.captures(path).expect("within the limit");
        let found: Option<Vec<Option<&str>>> = found.map(|captures| {
            captures.iter().skip(1).map(|group| group.map(|group| group.as_str())).collect()
        });
        let text = self.pattern.text();
        if let Some((whole, except)) = &self.split {
            let excepted = except.as_ref().is_some_and(|except| except.is_match(path));
            let split = whole.captures(path).filter(|_| !excepted).map(|captures| {
                captures.iter().skip(1).map(|group| group.map(|group| group.as_str())).collect()
            });
            assert_eq!(found, split, "{text} on {path}: one expression and two differ");
        }
        let sensitive = self.pattern.dialect().is_case_sensitive();
        let begins = path.get(..self.pattern.prefix().len()).is_some_and(|start| {
            start == self.pattern.prefix()
                || !sensitive && start.eq_ignore_ascii_case(self.pattern.prefix())
        });
        assert!(found.is_none() || begins, "{text} on {path}: the prefix is not one");
        let found = found?;
        assert_eq!(found.len(), self.pattern.params().len(), "{text}: a group for each param");
        let params = self.pattern.params().iter();
        Some(
            found
                .into_iter()
                .zip(params)
                .map(|(group, param)| {
                    let split = |text: &str| match &param.separator {
                        Some(separator) if !param.slashes => {
                            text.split(&**separator).map(str::to_owned).collect()
                        }
                        _ => vec![text.to_owned()],
                    };
                    // An optional param that is empty counts as absent; JavaScript's engine says so of some.
                    group.filter(|group| !param.optional || !group.is_empty()).map(split)
                })
                .collect(),
        )
    }
}

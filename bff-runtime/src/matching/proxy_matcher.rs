use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::{
    error::{BadPattern, TooComplex},
    rule::{Rule, RuleMatcher},
    source::{Source, SourceMatcher},
    subject::Subject,
};

/// Which requests the proxy runs for.
///
/// Where it is not known whether it should, it does: a check that runs once too often is a smaller mistake than
/// one that is passed by.
#[derive(Clone, Debug)]
pub struct ProxyMatcher {
    /// `None` runs for every request (MT-01).
    rules: Option<Vec<RuleMatcher>>,
    exclude: Vec<SourceMatcher>,
}

impl ProxyMatcher {
    /// Compiles `matcher` and `exclude`. No matcher is every request, an empty list is none (MT-01, MT-02).
    ///
    /// # Errors
    /// When the engine refuses an expression, which the build has ruled out.
    pub fn new(
        matcher: Option<&'static [Rule]>,
        exclude: &'static [Source],
    ) -> Result<Self, BadPattern> {
        Ok(Self {
            rules: matcher.map(|rules| rules.iter().map(RuleMatcher::new).collect()).transpose()?,
            exclude: exclude.iter().map(SourceMatcher::new).collect::<Result<_, _>>()?,
        })
    }

    /// True when the proxy runs for this request: one of the rules applies to the path as received or in decoded
    /// form (MT-18, MT-20), and no exclusion does.
    ///
    /// An exclusion is asked of the path as received, so that a second spelling of another path is not excluded.
    pub fn runs(&self, subject: &Subject<'_>) -> bool {
        self.matches(subject)
            && !self.exclude.iter().any(|exclude| exclude.is_match(subject.path) == Ok(true))
    }

    fn matches(&self, subject: &Subject<'_>) -> bool {
        let Some(rules) = &self.rules else { return true };
        let mut decoded = None;
        rules.iter().any(|rule| applies(rule, subject, &mut decoded).unwrap_or(true))
    }
}

/// `decoded` is the decoded path, once a rule has asked for it.
fn applies<'a>(
    rule: &RuleMatcher,
    subject: &Subject<'a>,
    decoded: &mut Option<Cow<'a, str>>,
) -> Result<bool, TooComplex> {
    if rule.source().is_match(subject.path)? {
        return rule.conditions_hold(subject);
    }
    if !subject.path.contains('%') || !rule.source().begins_decoded(subject.path) {
        return Ok(false);
    }
    // What is not UTF-8 is replaced rather than given up: the rest of the path may be what is looked for.
    let path = decoded.get_or_insert_with(|| percent_decode_str(subject.path).decode_utf8_lossy());
    Ok(rule.source().is_match(path)? && rule.conditions_hold(subject)?)
}

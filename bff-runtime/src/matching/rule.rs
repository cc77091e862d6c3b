use super::{
    captures::Captures,
    condition::{Condition, Conditions},
    error::{BadPattern, TooComplex},
    source::{Source, SourceMatcher},
    subject::Subject,
};

/// A source with its conditions, as the build has compiled it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Which paths are meant.
    pub source: Source,
    /// What must hold.
    pub has: &'static [Condition],
    /// What must not hold.
    pub missing: &'static [Condition],
}

impl Rule {
    /// True when the path alone does not decide.
    pub(crate) const fn has_conditions(&self) -> bool {
        !(self.has.is_empty() && self.missing.is_empty())
    }
}

/// A rule that is ready to match.
#[derive(Clone, Debug)]
pub struct RuleMatcher {
    source: SourceMatcher,
    has: Conditions,
    missing: Conditions,
}

impl RuleMatcher {
    /// Compiles the expressions; done once, when the server starts.
    ///
    /// # Errors
    /// When the engine refuses one, which the build has ruled out.
    pub fn new(rule: &'static Rule) -> Result<Self, BadPattern> {
        Ok(Self {
            source: SourceMatcher::new(&rule.source)?,
            has: Conditions::new(rule.has)?,
            missing: Conditions::new(rule.missing)?,
        })
    }

    /// The source alone.
    pub fn source(&self) -> &SourceMatcher {
        &self.source
    }

    /// What the request captures; `None` when the rule does not apply (HM-01, MT-20).
    ///
    /// # Errors
    /// When that takes too many steps to find out. The rule may apply or not, so the request is best refused.
    pub fn captures<'a>(&self, subject: &Subject<'a>) -> Result<Option<Captures<'a>>, TooComplex> {
        let Some(mut captures) = self.source.captures(subject.path)? else { return Ok(None) };
        let holds =
            self.has.all_hold(subject, &mut captures)? && self.missing.none_holds(subject)?;
        Ok(holds.then_some(captures))
    }

    /// True when the conditions hold, whatever the path.
    pub(super) fn conditions_hold(&self, subject: &Subject<'_>) -> Result<bool, TooComplex> {
        Ok(self.has.all_hold(subject, &mut Captures::new())? && self.missing.none_holds(subject)?)
    }
}

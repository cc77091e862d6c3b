use std::borrow::Cow;

use super::{
    captures::{Captures, Value},
    error::{BadPattern, TooComplex},
    expression::{Expression, Regex},
    subject::Subject,
};

/// An entry of `has` or `missing` as the build has compiled it.
#[derive(Clone, Copy, Debug)]
pub struct Condition {
    /// Where it looks.
    pub place: Place,
    /// The name it looks for; a header's in lower case, empty for the host.
    pub key: &'static str,
    /// What it asks of the value.
    pub test: ConditionTest,
    /// The name under which the whole value is captured.
    pub capture: Option<&'static str>,
}

/// Where a condition looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A header.
    Header,
    /// A cookie.
    Cookie,
    /// The query.
    Query,
    /// The host.
    Host,
}

/// What a condition asks of a value.
#[derive(Clone, Copy, Debug)]
pub enum ConditionTest {
    /// That it is there.
    Present,
    /// That it is there and not empty.
    NotEmpty,
    /// That it is this text.
    Literal(&'static str),
    /// That it matches.
    Regex {
        /// Anchored at both ends.
        regex: Regex,
        /// The names of its groups.
        groups: &'static [&'static str],
    },
}

/// Conditions that are ready to be asked, `has` or `missing` of one rule.
#[derive(Clone, Debug)]
pub struct Conditions(Vec<(&'static Condition, Option<Expression>)>);

impl Conditions {
    /// Compiles the expressions; done once, when the server starts.
    ///
    /// # Errors
    /// When the engine refuses one, which the build has ruled out.
    pub fn new(conditions: &'static [Condition]) -> Result<Self, BadPattern> {
        let compiled = conditions.iter().map(|condition| {
            let expression = match condition.test {
                ConditionTest::Regex { regex, .. } => Some(regex.compile()?),
                _ => None,
            };
            Ok((condition, expression))
        });
        compiled.collect::<Result<_, _>>().map(Self)
    }

    /// True when all of them hold; what they capture is added (HM-01, HM-07).
    ///
    /// # Errors
    /// When that takes too many steps to find out.
    pub fn all_hold<'a>(
        &self,
        subject: &Subject<'a>,
        captures: &mut Captures<'a>,
    ) -> Result<bool, TooComplex> {
        for (condition, expression) in &self.0 {
            if !condition.holds(expression.as_ref(), subject, Some(captures))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// True when none of them holds (HM-01).
    ///
    /// # Errors
    /// When that takes too many steps to find out.
    pub fn none_holds(&self, subject: &Subject<'_>) -> Result<bool, TooComplex> {
        for (condition, expression) in &self.0 {
            if condition.holds(expression.as_ref(), subject, None)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Condition {
    fn holds<'a>(
        &'static self,
        expression: Option<&Expression>,
        subject: &Subject<'a>,
        captures: Option<&mut Captures<'a>>,
    ) -> Result<bool, TooComplex> {
        let mut values: Vec<Cow<'a, str>> = match self.place {
            Place::Header => subject.header(self.key).into_iter().collect(),
            Place::Cookie => subject.cookie(self.key).into_iter().collect(),
            Place::Host => subject.host_name().into_iter().collect(),
            Place::Query => subject.query(self.key),
        };
        // HM-05: a value is asked of the last; anything else of any.
        let holds = match (self.test, values.last()) {
            (_, None) => false,
            (ConditionTest::Present, _) => true,
            (ConditionTest::NotEmpty, _) => {
                values.retain(|value| !value.is_empty());
                !values.is_empty()
            }
            (ConditionTest::Literal(text), Some(last)) => last == text,
            (ConditionTest::Regex { groups: &[], .. }, Some(last)) => match expression {
                Some(expression) => expression.is_match(last)?,
                None => false,
            },
            (ConditionTest::Regex { groups, .. }, Some(last)) => {
                return self.capture_groups(expression, groups, last, captures);
            }
        };
        if let (true, Some(name), Some(captures)) = (holds, self.capture, captures) {
            let value = match (self.test, values.len()) {
                (ConditionTest::NotEmpty, 2..) => Some(Value::Texts(values)),
                _ => values.pop().map(Value::Text),
            };
            if let Some(value) = value {
                captures.insert(name, value);
            }
        }
        Ok(holds)
    }

    fn capture_groups<'a>(
        &'static self,
        expression: Option<&Expression>,
        names: &'static [&'static str],
        text: &str,
        captures: Option<&mut Captures<'a>>,
    ) -> Result<bool, TooComplex> {
        let Some(expression) = expression else { return Ok(false) };
        let Some(captures) = captures else { return expression.is_match(text) };
        let Some(groups) = expression.groups(text)? else { return Ok(false) };
        for (name, group) in names.iter().zip(groups) {
            // As with the params of a path, nothing is the same as absent.
            if let Some(group) = group.filter(|group| !group.is_empty()) {
                captures.insert(name, Value::Text(Cow::Owned(group.to_owned())));
            }
        }
        Ok(true)
    }
}

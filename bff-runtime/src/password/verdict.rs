/// What [`verify`](super::verify()) has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a password that is wrong is no error"]
pub enum Verdict {
    /// It is not the password, or there is none.
    Wrong,
    /// It is the password.
    Right,
    /// It is the password, but its hash is weaker than [`hash`](super::hash()) makes them today. Now, with the
    /// password in hand, is the time to write another.
    Outdated,
}

impl Verdict {
    /// Whether it is the password, outdated hash or not.
    ///
    /// ```
    /// use bff::password::Verdict;
    ///
    /// assert!(Verdict::Outdated.is_right());
    /// assert!(!Verdict::Wrong.is_right());
    /// ```
    pub fn is_right(self) -> bool {
        self != Self::Wrong
    }
}

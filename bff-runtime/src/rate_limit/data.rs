use std::fmt;

use http::request::Parts;

/// How often something may be asked for, as the build has checked it: `10/min burst 20 by header x-api-key`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Which buckets are meant: limits of one scope share theirs, on one Redis also those of several programs. Made of
    /// the module and what has the limit there, a handler or the source of a rule, so that it outlives an edit.
    pub scope: &'static str,
    /// So many.
    pub count: u32,
    /// In so many seconds.
    pub seconds: u32,
    /// So many at once.
    pub burst: u32,
    /// What one request takes.
    pub cost: u32,
    /// Whose requests are counted together.
    pub by: &'static [Key],
    /// Nothing is refused.
    pub dry_run: bool,
    /// What holds when the store is away.
    pub outage: Outage,
    /// What it is called in header fields, unless it gets a name there.
    pub name: Option<&'static str>,
}

/// What requests have in common that are counted together.
#[derive(Clone, Copy, Debug)]
pub enum Key {
    /// The address of the client; of IPv6 the first 64 bits, which is the least that one customer has.
    Ip,
    /// The first value of the header of this name, in lower case.
    Header(&'static str),
    /// The value of the cookie of this name.
    Cookie(&'static str),
    /// The session.
    Session,
    /// Who is logged in.
    User,
    /// What a function of the app says.
    Function(KeyFunction),
}

/// A function that says whose request it is.
pub type KeyFunction = fn(&Parts) -> Option<String>;

/// What holds when it is not known how much has been taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outage {
    /// Requests pass.
    #[default]
    Open,
    /// Requests are refused.
    Closed,
}

impl RateLimit {
    /// So many in so many seconds, by the address of the client.
    pub const fn new(scope: &'static str, count: u32, seconds: u32) -> Self {
        Self {
            scope,
            count,
            seconds,
            burst: count,
            cost: 1,
            by: &[Key::Ip],
            dry_run: false,
            outage: Outage::Open,
            name: None,
        }
    }

    /// So many at once.
    #[must_use]
    pub const fn burst(mut self, burst: u32) -> Self {
        self.burst = burst;
        self
    }

    /// So much for one request.
    #[must_use]
    pub const fn cost(mut self, cost: u32) -> Self {
        self.cost = cost;
        self
    }

    /// Counted together by this.
    #[must_use]
    pub const fn by(mut self, by: &'static [Key]) -> Self {
        self.by = by;
        self
    }

    /// Refuses nothing.
    #[must_use]
    pub const fn dry_run(mut self) -> Self {
        self.dry_run = true;
        self
    }

    /// Refuses what cannot be counted.
    #[must_use]
    pub const fn closed(mut self) -> Self {
        self.outage = Outage::Closed;
        self
    }

    /// Called so in header fields.
    #[must_use]
    pub const fn named(mut self, name: &'static str) -> Self {
        self.name = Some(name);
        self
    }

    /// Nanoseconds in which one comes back.
    pub(super) fn interval(&self) -> u64 {
        (u64::from(self.seconds) * 1_000_000_000 / u64::from(self.count.max(1))).max(1)
    }

    /// True when a key has to be waited for.
    pub(super) fn waits(&self) -> bool {
        self.by.iter().any(|key| matches!(key, Key::Session | Key::User))
    }

    /// True when a key is made from the whole head.
    pub(super) fn reads_head(&self) -> bool {
        self.by.iter().any(|key| matches!(key, Key::Function(_)))
    }
}

/// As it is written, without what is the default and without the paths of functions.
impl fmt::Display for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { count, seconds, burst, cost, by, dry_run, outage, .. } = self;
        write!(f, "{count}/{seconds}s")?;
        if burst != count {
            write!(f, " burst {burst}")?;
        }
        if *by != [Key::Ip] {
            for (index, key) in by.iter().enumerate() {
                f.write_str(if index == 0 { " by " } else { " + " })?;
                match key {
                    Key::Ip => f.write_str("ip")?,
                    Key::Header(name) => write!(f, "header {name}")?,
                    Key::Cookie(name) => write!(f, "cookie {name}")?,
                    Key::Session => f.write_str("session")?,
                    Key::User => f.write_str("user")?,
                    Key::Function(_) => f.write_str("a function")?,
                }
            }
        }
        if *cost != 1 {
            write!(f, " cost {cost}")?;
        }
        if *dry_run {
            f.write_str(" dry-run")?;
        }
        if *outage == Outage::Closed {
            f.write_str(" closed")?;
        }
        Ok(())
    }
}

/// Two functions are one when they have one address, which is all that is asked of them here.
impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Ip, Self::Ip) | (Self::Session, Self::Session) | (Self::User, Self::User) => {
                true
            }
            (Self::Header(one), Self::Header(other)) | (Self::Cookie(one), Self::Cookie(other)) => {
                one == other
            }
            (Self::Function(one), Self::Function(other)) => std::ptr::fn_addr_eq(*one, *other),
            _ => false,
        }
    }
}

impl Eq for Key {}

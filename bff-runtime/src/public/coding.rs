use http::{HeaderMap, header};

use crate::routing::weighted;

/// A coding that a file may be there in beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Brotli,
    Zstd,
    Gzip,
}

impl Coding {
    /// From what is usually smallest to what is usually largest.
    const ALL: [Self; 3] = [Self::Brotli, Self::Zstd, Self::Gzip];

    /// How the name of the compressed file ends.
    pub(super) fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Zstd => ".zst",
            Self::Gzip => ".gz",
        }
    }

    /// As headers have it (RFC 9110 section 8.4.1).
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
        }
    }

    fn is_named(self, name: &str) -> bool {
        name.eq_ignore_ascii_case(self.name())
            || (self == Self::Gzip && name.eq_ignore_ascii_case("x-gzip"))
    }
}

/// The codings that a file is there in, beside itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Codings([bool; 3]);

impl Codings {
    pub(super) fn of(is_there: impl Fn(Coding) -> bool) -> Self {
        Self(Coding::ALL.map(is_there))
    }

    pub(super) fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// The one that the client likes best, and of those that it likes as well the smallest. `None` for the file
    /// itself, also where the client would have neither: it can still say so then (RFC 9110 section 12.5.3).
    pub(super) fn choose(self, headers: &HeaderMap) -> Option<Coding> {
        if self.is_empty() {
            return None;
        }
        let [mut named, mut any, mut identity] = [[None; 3], [None; 3], [None; 3]];
        for value in headers.get_all(header::ACCEPT_ENCODING) {
            for item in value.to_str().unwrap_or_default().split(',') {
                let (name, quality) = weighted(item);
                if name == "*" {
                    any[0] = Some(quality);
                } else if name.eq_ignore_ascii_case("identity") {
                    identity[0] = Some(quality);
                } else if let Some(at) = Coding::ALL.iter().position(|coding| coding.is_named(name))
                {
                    named[at] = Some(quality);
                }
            }
        }
        let mut best = None;
        // A client that names the file itself wants it more than what it likes less.
        let mut least = identity[0].unwrap_or(0);
        for (at, coding) in Coding::ALL.into_iter().enumerate().filter(|&(at, _)| self.0[at]) {
            let quality: u16 = named[at].or(any[0]).unwrap_or(0);
            let is_better = if best.is_none() { quality >= least } else { quality > least };
            if quality > 0 && is_better {
                (best, least) = (Some(coding), quality);
            }
        }
        best
    }
}

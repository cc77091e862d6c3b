use serde::Serialize;

use super::text::has;

/// A processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Cpu {
    /// `amd64`, `arm`, `arm64` or `ia32`.
    pub architecture: &'static str,
}

/// The first that is found counts: `x86` also begins the name of its 64-bit form.
const ARCHITECTURES: &[(&[&str], &str)] = &[
    (&["x86_64", "x86-64", "Win64", "x64", "WOW64", "amd64", "AMD64"], "amd64"),
    (&["aarch64", "arm64", "ARM64", "armv8"], "arm64"),
    (&["armv", "ARM;", "; arm"], "arm"),
    (&["i386", "i486", "i586", "i686", "x86"], "ia32"),
];

impl Cpu {
    pub(super) fn of(text: &str) -> Option<Self> {
        let found = ARCHITECTURES.iter().find(|(tokens, _)| has(text, tokens));
        found.map(|(_, architecture)| Self { architecture })
    }
}

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use sha2::{Digest, Sha256};

use crate::routing::Route;

/// Where the entries of one router are: no other router, of another app or of the same one with another state, is
/// answered from them.
///
/// It is the same in every instance of a program that makes its routers in the same order: a digest of the routes, and
/// how many routers of these routes the process had before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Space(Arc<str>);

static MADE: Mutex<Option<HashMap<[u8; 16], u32>>> = Mutex::new(None);

impl Space {
    /// One more, for a router of these routes.
    pub(crate) fn of(routes: &[Route]) -> Self {
        let mut digest = Sha256::new();
        for route in routes {
            for text in [route.file(), route.pattern()] {
                digest.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_le_bytes());
                digest.update(text);
            }
        }
        let mut name = [0; 16];
        name.copy_from_slice(&digest.finalize()[..16]);
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        let before = made.get_or_insert_default().entry(name).or_default();
        let space = format!("{:032x}-{before}", u128::from_be_bytes(name));
        *before = before.saturating_add(1);
        Self(space.into())
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_routers_have_one_space_and_instances_have_the_same() {
        let routes = [Route::new("/a", &[], &[], "app/space-a/route.rs", &[])];
        let others = [Route::new("/b", &[], &[], "app/space-a/route.rs", &[])];
        let [first, second, other] = [&routes, &routes, &others].map(|routes| Space::of(routes));
        assert!(first != second && first != other && second != other);
        let digest = |space: &Space| space.0.split('-').next().map(str::to_owned);
        assert_eq!(digest(&first), digest(&second));
        assert!(first.0.ends_with("-0") && second.0.ends_with("-1") && other.0.ends_with("-0"));
    }
}

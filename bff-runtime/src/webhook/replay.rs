use std::{fmt, pin::Pin, time::Duration};

use sha2::{Digest, Sha256};

use super::{Provider, Signed};
use crate::Result;

/// What a [`ReplayStore`] answers with.
pub type ReplayFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// Where the ids of messages are kept, so that each is handled once.
///
/// The one that apps have unless they say otherwise is [`MemoryReplays`](super::MemoryReplays), which knows what came to this
/// process. Several instances of an app need one that they share; [`Webhooks::replays`](super::Webhooks::replays) sets
/// it.
///
/// A message is genuine before a store is asked, so that nobody can fill it who has no key. An error of the store
/// refuses the message with 503, and its sender tries again: handled twice would be worse than handled late.
pub trait ReplayStore: Send + Sync + 'static {
    /// Takes a message up, for so long, unless it has been taken up before. Of several that ask for one id at the
    /// same time exactly one is told [`Replay::New`].
    fn begin<'a>(&'a self, id: &'a ReplayId, keep: Duration) -> ReplayFuture<'a, Replay>;

    /// The message that was taken up is done. Otherwise it failed, and is forgotten: the sender may try again.
    fn end<'a>(&'a self, id: &'a ReplayId, is_done: bool) -> ReplayFuture<'a, ()>;
}

/// What is known of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replay {
    /// Nothing; it is taken up.
    New,
    /// It is being handled.
    Running,
    /// It has been handled.
    Done,
}

/// The id of a message as stores have it: a SHA-256 of who sent it and what its provider calls it. As text, which
/// is made by `Display`, it has 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReplayId([u8; 32]);

impl ReplayId {
    /// Of a message that is genuine.
    pub(super) fn of<P: Provider>(signed: &Signed<'_>, body: &[u8]) -> Self {
        let mut hash = Sha256::new();
        part(&mut hash, P::NAME.as_bytes());
        match signed.id.map(str::to_owned).or_else(|| P::id(body)) {
            Some(id) => {
                part(&mut hash, b"id");
                part(&mut hash, id.as_bytes());
            }
            None => {
                part(&mut hash, b"content");
                part(&mut hash, signed.kind.unwrap_or_default().as_bytes());
                signed.before.iter().for_each(|text| part(&mut hash, text.as_bytes()));
                part(&mut hash, body);
            }
        }
        Self(hash.finalize().into())
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    #[cfg(test)]
    pub(super) fn test(number: u64) -> Self {
        Self(Sha256::digest(number.to_be_bytes()).into())
    }
}

/// With its length, so that no two sequences of parts are the same bytes.
fn part(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}

impl fmt::Display for ReplayId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

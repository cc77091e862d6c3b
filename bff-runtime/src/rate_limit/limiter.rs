use std::sync::Arc;

use axum::{body::Body, extract::Request};
use http::{HeaderValue, request::Parts};
use smallvec::SmallVec;

use super::{
    Allowance, Asker, Bucket, Common, Key, RateLimit, Refusal, States, Verdict, Who, fields,
};
use crate::observe::SECURITY;

/// The limits of some requests, ready to count.
#[derive(Clone, Debug)]
pub struct Limiter(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    common: Arc<Common>,
    buckets: Vec<Bucket>,
    names: Vec<String>,
    /// `RateLimit-Policy`: of those that are no dry run.
    policy_field: Option<HeaderValue>,
    /// Of the same: what their items of `RateLimit` begin with.
    labels: Vec<String>,
    /// Something has to be waited for: a store, or who it is.
    waits: bool,
    /// A key is made from the whole head.
    reads_head: bool,
}

impl Limiter {
    pub(super) fn new(common: Arc<Common>, buckets: Vec<Bucket>) -> Self {
        let limits: Vec<&'static RateLimit> = buckets.iter().map(|bucket| bucket.limit).collect();
        let names = fields::names(&limits);
        let told = names.iter().map(|name| &**name).zip(limits.iter().copied());
        let told: Vec<_> = told.filter(|(_, limit)| !limit.dry_run).collect();
        let waits = common.waits() || limits.iter().any(|limit| limit.waits());
        let reads_head = limits.iter().any(|limit| limit.reads_head());
        let policy_field = fields::policy(&told);
        let labels = told.iter().map(|(name, _)| fields::label(name)).collect();
        Self(Arc::new(Inner { common, buckets, names, policy_field, labels, waits, reads_head }))
    }

    /// Counts a request; `None` when that has to be waited for, with [`wait`](Self::wait).
    pub fn check(&self, request: &mut Request) -> Option<Verdict> {
        if self.0.waits {
            return None;
        }
        if self.0.reads_head {
            return Some(on_head(request, |head| self.count(&Asker::of(head))));
        }
        Some(self.count(&Asker::new(request.headers(), request.extensions())))
    }

    /// Counts a request, however long it takes: as long as it takes to know who sends it, and the deadline of the store.
    pub async fn wait(&self, request: &mut Request) -> Verdict {
        // The head alone can go from thread to thread, a body cannot be looked at from two.
        let (mut head, body) = std::mem::take(request).into_parts();
        let (mut session, mut user) = (None, None);
        if let Some(identify) = self.0.common.identify() {
            let is_asked = |key| self.0.buckets.iter().any(|bucket| bucket.limit.by.contains(&key));
            if is_asked(Key::Session) {
                session = identify(&mut head, Who::Session).await;
            }
            if is_asked(Key::User) {
                user = identify(&mut head, Who::User).await;
            }
        }
        let begun = {
            let mut asker = Asker::of(&head);
            (asker.session, asker.user) = (session, user);
            self.begin(&asker)
        };
        #[cfg(feature = "redis")]
        let verdict = match begun {
            Begun::Counted(verdict) => verdict,
            Begun::Asking(keys) => super::redis::count(self, keys).await,
        };
        #[cfg(not(feature = "redis"))]
        let Begun::Counted(verdict) = begun;
        *request = Request::from_parts(head, body);
        verdict
    }

    /// Counts in memory, or makes the keys for a store.
    fn begin(&self, asker: &Asker<'_>) -> Begun {
        #[cfg(feature = "redis")]
        if self.0.common.redis().is_some() {
            let keys = self.0.buckets.iter();
            let keys = keys.map(|bucket| super::redis::key(bucket, asker, &self.0.common));
            return Begun::Asking(keys.collect());
        }
        Begun::Counted(self.count(asker))
    }

    /// Takes from all buckets or, when one has not enough, from none.
    fn count(&self, asker: &Asker<'_>) -> Verdict {
        let common = &self.0.common;
        let mut states = States::new();
        let mut taken: SmallVec<[(&Bucket, u64); 4]> = SmallVec::new();
        for (index, bucket) in self.0.buckets.iter().enumerate() {
            let hash = bucket.hash(asker, common);
            match bucket.take(hash) {
                Ok(state) => {
                    taken.push((bucket, hash));
                    if !bucket.limit.dry_run {
                        states.push(state);
                    }
                }
                Err(_) if bucket.limit.dry_run => self.would_refuse(index),
                Err(state) => {
                    for (bucket, hash) in taken {
                        bucket.give_back(hash, common);
                    }
                    return self.refuse(index, state);
                }
            }
        }
        common.sweep_if_large();
        Verdict::Allowed(Allowance::new(self.clone(), states))
    }

    pub(super) fn would_refuse(&self, index: usize) {
        if let Some(count) = self.0.buckets[index].tally.add(self.0.common.now()) {
            let (limit, place) = (self.name(index), self.0.buckets[index].limit.scope);
            tracing::info!(limit, place, count, "requests would have been refused in a dry run");
        }
    }

    pub(super) fn refuse(&self, index: usize, state: super::State) -> Verdict {
        if let Some(count) = self.0.buckets[index].tally.add(self.0.common.now()) {
            let (limit, place) = (self.name(index), self.0.buckets[index].limit.scope);
            // Bounded by its own count, once for so many.
            tracing::info!(
                target: SECURITY,
                event = "rate_limited",
                limit,
                place,
                count,
                "requests were refused by a rate limit"
            );
        }
        Verdict::Limited(Refusal::limited(self.clone(), index, state))
    }

    #[cfg(feature = "redis")]
    pub(super) fn common(&self) -> &Common {
        &self.0.common
    }

    #[cfg(feature = "redis")]
    pub(super) fn limits(&self) -> impl Iterator<Item = &'static RateLimit> {
        self.0.buckets.iter().map(|bucket| bucket.limit)
    }

    pub(super) fn policy_field(&self) -> Option<&HeaderValue> {
        self.0.policy_field.as_ref()
    }

    pub(super) fn name(&self, index: usize) -> &str {
        &self.0.names[index]
    }

    /// What the items of `RateLimit` begin with, of the limits that are no dry run.
    pub(super) fn labels(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.labels.iter().map(|label| &**label)
    }
}

enum Begun {
    Counted(Verdict),
    #[cfg(feature = "redis")]
    Asking(Vec<String>),
}

/// The head of a request, which has it again afterwards.
fn on_head<T>(request: &mut Request, look: impl FnOnce(&Parts) -> T) -> T {
    let (head, body): (Parts, Body) = std::mem::take(request).into_parts();
    let result = look(&head);
    *request = Request::from_parts(head, body);
    result
}

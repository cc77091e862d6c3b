use std::{fmt, panic::Location, sync::Arc};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{Compute, Keep, Life, Made};
use crate::{
    Error, Result,
    cache::{
        Entry, Flights, Key, Name, State, Store, Version,
        entry::{self, Answer, Terms},
        flights::{Join, Lead},
    },
    error::SharedError,
};

/// Values of functions and of upstreams, in the store that responses are kept in.
#[derive(Debug)]
pub(crate) struct Values {
    store: &'static Store,
    flights: Flights<Landed>,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) key: Key,
    pub(crate) names: Vec<Name>,
    /// Whether this release can read what another instance has kept, which may be another release.
    pub(crate) reads: fn(&Bytes) -> bool,
    /// Where the app asks for it, for the log.
    pub(crate) at: &'static Location<'static>,
}

type Landed = Result<Landing, SharedError>;

/// A value for those who wait.
#[derive(Clone, Debug)]
struct Landing {
    entry: Arc<Entry>,
    /// It is for the one who has made it.
    is_for_one: bool,
}

impl Values {
    /// Those in this store.
    pub(in crate::cache) fn of(store: &'static Store) -> Self {
        Self { store, flights: Flights::default() }
    }

    /// The value, from wherever it is had first.
    pub(crate) async fn get(&'static self, wanted: Wanted, compute: Compute) -> Result<Bytes> {
        if !self.store.is_on() {
            return alone(compute).await;
        }
        let arrived = self.store.marks.version();
        loop {
            match self.store.look(wanted.key.as_bytes()) {
                Some((entry, State::Fresh)) => return Ok(entry.answer.body.clone()),
                Some((entry, State::Stale)) => {
                    self.renew(wanted, &entry, compute);
                    return Ok(entry.answer.body.clone());
                }
                Some((_, State::Expired)) | None => {}
            }
            let follow = match self.flights.join(&wanted.key) {
                Join::Follow(follow) => follow,
                Join::Lead(lead) => return self.lead(lead, wanted, compute).await,
            };
            match follow.wait().await {
                Some(Err(error)) => return Err(error.into()),
                Some(Ok(landing)) if landing.is_for_one => return alone(compute).await,
                // What was begun before something was given up may lack it.
                Some(Ok(Landing { entry, .. })) if self.is_of_use(&entry, arrived) => {
                    return Ok(entry.answer.body.clone());
                }
                Some(Ok(_)) | None => {}
            }
        }
    }

    fn is_of_use(&self, entry: &Entry, arrived: Version) -> bool {
        entry.as_of >= arrived || !self.store.marks.gave_up(entry)
    }

    /// Makes it on a task of its own, to its end, whoever leaves.
    async fn lead(
        &'static self,
        lead: Lead<Landed>,
        wanted: Wanted,
        compute: Compute,
    ) -> Result<Bytes> {
        let own = tokio::spawn(async move {
            let landed = self.make(&wanted, compute, State::Stale).await;
            let own = landed.clone();
            lead.land(landed);
            own
        });
        let landed = own.await.map_err(|_| lost())?;
        Ok(landed?.entry.answer.body.clone())
    }

    /// Makes a value anew that was served, unless somebody does, or has failed just now.
    fn renew(&'static self, wanted: Wanted, old: &Arc<Entry>, compute: Compute) {
        if !old.may_retry(entry::now()) {
            return;
        }
        if let Some(lead) = self.flights.lead(&wanted.key) {
            let old = Arc::clone(old);
            tokio::spawn(async move {
                let landed = self.make(&wanted, compute, State::Fresh).await;
                // Also where what was made is not kept, and the old one stays.
                let is_there = |it: &(Arc<Entry>, State)| Arc::ptr_eq(&it.0, &old);
                if landed.is_err()
                    || self.store.look(wanted.key.as_bytes()).is_some_and(|it| is_there(&it))
                {
                    self.store.back_off(&wanted.key);
                }
                if let Err(error) = &landed {
                    wanted.stays(&format_args!("{error:?}"));
                }
                lead.land(landed);
            });
        }
    }

    /// Makes a value, or takes one that another instance has made and that is as good as `least`.
    async fn make(&self, wanted: &Wanted, compute: Compute, least: State) -> Landed {
        let key = &wanted.key;
        let is_good = |state| state == State::Fresh || state == least;
        // Between the look and the lead another may have landed.
        let own = self.store.look(key.as_bytes());
        if let Some((entry, state)) = &own
            && is_good(*state)
        {
            return Ok(Landing { entry: Arc::clone(entry), is_for_one: false });
        }
        if let Some((entry, state)) = self.store.fetch(key).await
            && is_good(state)
            && (wanted.reads)(&entry.answer.body)
        {
            self.store.remember(key, &entry);
            return Ok(Landing { entry, is_for_one: false });
        }
        let old = own.map(|(entry, _)| entry.answer.body.clone());
        let had = old.is_some();
        let (as_of, made_at) = (self.store.marks.version(), entry::now());
        // On a task of its own: a panic is for all who wait, and not for one after the other.
        let made = tokio::spawn(compute(old)).await.unwrap_or_else(|_| Err(lost()));
        let Made { bytes, keep, failure } = made.map_err(Error::share)?;
        let terms = match keep {
            Keep::Yes(life) => terms(life, wanted.names.clone()),
            // Of those who wait nobody asks how long it is good.
            #[cfg(feature = "upstream")]
            Keep::No | Keep::Alone => terms(Life::UNTIL_REVALIDATED, wanted.names.clone()),
        };
        let answer = Answer { status: StatusCode::OK, headers: HeaderMap::new(), body: bytes };
        let entry = Arc::new(Entry::new(answer, terms, made_at, as_of));
        // What was given up meanwhile must not take the place of what was made since.
        let is_given_up = self.store.marks.gave_up(&entry);
        let is_small = entry.answer.body.len() <= self.store.largest();
        if matches!(keep, Keep::Yes(life) if life.is_kept()) && is_small && !is_given_up {
            self.store.keep(key, &entry).await;
        } else if let Some(failure) = failure {
            // Whoever waits for it has it.
            if least == State::Fresh {
                wanted.stays(&failure);
            }
        } else if had && !is_given_up {
            // What is said now is right: there is nothing any more, or nothing that is for everybody.
            self.store.forget(key).await;
        }
        Ok(Landing { entry, is_for_one: keep.is_for_one() })
    }

    /// Those of an instance of its own.
    #[cfg(test)]
    pub(crate) fn alone() -> &'static Self {
        Box::leak(Box::new(Self::of(Box::leak(Box::new(Store::bounded(1 << 20))))))
    }

    #[cfg(test)]
    pub(crate) fn store(&self) -> &'static Store {
        self.store
    }

    #[cfg(test)]
    pub(crate) fn is_making(&self) -> bool {
        !self.flights.is_empty()
    }

    /// Makes all that is kept so much older.
    #[cfg(test)]
    pub(crate) async fn age_all(&self, time: std::time::Duration) {
        for key in self.store.keys() {
            self.age(&key, time).await;
        }
    }

    /// Makes what is kept so much older.
    #[cfg(test)]
    pub(crate) async fn age(&self, key: &Key, time: std::time::Duration) {
        let (entry, _) = self.store.look(key.as_bytes()).expect("it is kept");
        let made_at = entry.made_at - u64::try_from(time.as_millis()).unwrap();
        let older = Entry::new(entry.answer.clone(), entry.terms.clone(), made_at, entry.as_of);
        self.store.keep(key, &Arc::new(older)).await;
    }
}

impl Wanted {
    /// Nobody who is served hears of it.
    fn stays(&self, why: &dyn fmt::Display) {
        let tags: Vec<_> = self.names.iter().map(Name::as_str).collect();
        let (at, tags) = (self.at, tags.join(", "));
        tracing::error!(%at, tags, "a cached value could not be made anew, and the old one stays: {why}");
    }
}

fn terms(life: Life, names: Vec<Name>) -> Terms {
    Terms { revalidate: life.revalidate, expire: life.expire.unwrap_or(Terms::LONGEST), names }
}

/// For nobody else, on a task of its own, as it would be otherwise.
async fn alone(compute: Compute) -> Result<Bytes> {
    let made = tokio::spawn(compute(None)).await.unwrap_or_else(|_| Err(lost()));
    made.map(|made| made.bytes)
}

/// Whoever was to compute it has panicked, or was stopped with the program.
fn lost() -> Error {
    Error::msg("a cached value was not computed to its end")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn rh_277_who_leads_looks_once_more_as_another_may_have_landed_meanwhile() {
        let values = Values::alone();
        let at = Location::caller();
        let key = Key::of_value(b"a", &[]);
        let wanted = || Wanted { key: key.clone(), names: Vec::new(), reads: |_| true, at };
        let compute = |text: &'static [u8]| -> Compute {
            let (bytes, keep) = (Bytes::from_static(text), Keep::Yes(Life::UNTIL_REVALIDATED));
            Box::new(move |_| Box::pin(async move { Ok(Made { bytes, keep, failure: None }) }))
        };
        assert_eq!(values.get(wanted(), compute(b"first")).await.unwrap(), "first");
        // One that has looked before it was there.
        let lead = values.flights.lead(&key).unwrap();
        assert_eq!(values.lead(lead, wanted(), compute(b"second")).await.unwrap(), "first");
    }
}

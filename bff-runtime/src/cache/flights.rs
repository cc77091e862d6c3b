use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::watch;

use super::Key;

/// What is being made, so that it is made once however many ask for it (RH-254).
///
/// Whoever asks first leads; all others wait for what that one lands. A leader that is dropped, because its client has
/// left or its handler has panicked, leaves them without: they ask again, and one of them leads.
#[derive(Debug)]
pub(crate) struct Flights<T>(Arc<Mutex<HashMap<Key, watch::Receiver<Option<T>>>>>);

/// Whether to make something, or to wait for it.
#[derive(Debug)]
pub(crate) enum Join<T> {
    Lead(Lead<T>),
    Follow(Follow<T>),
}

/// The right to make something, and the duty to land it.
#[derive(Debug)]
pub(crate) struct Lead<T> {
    flights: Flights<T>,
    key: Key,
    landing: watch::Sender<Option<T>>,
}

/// A place among those that wait.
#[derive(Debug)]
pub(crate) struct Follow<T>(watch::Receiver<Option<T>>);

impl<T> Flights<T> {
    /// Leads, or waits for who does.
    pub(crate) fn join(&self, key: &Key) -> Join<T> {
        match self.table().entry(key.clone()) {
            Entry::Occupied(flight) => Join::Follow(Follow(flight.get().clone())),
            Entry::Vacant(place) => {
                let (landing, landed) = watch::channel(None);
                place.insert(landed);
                Join::Lead(Lead { flights: Self(Arc::clone(&self.0)), key: key.clone(), landing })
            }
        }
    }

    /// Leads unless somebody does.
    pub(crate) fn lead(&self, key: &Key) -> Option<Lead<T>> {
        match self.join(key) {
            Join::Lead(lead) => Some(lead),
            Join::Follow(_) => None,
        }
    }

    #[cfg(test)]
    pub(crate) fn is_empty(&self) -> bool {
        self.table().is_empty()
    }

    fn table(&self) -> MutexGuard<'_, HashMap<Key, watch::Receiver<Option<T>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Default for Flights<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> Lead<T> {
    /// Gives all who wait what has been made.
    pub(crate) fn land(self, value: T) {
        self.landing.send_replace(Some(value));
    }

    pub(crate) fn key(&self) -> &Key {
        &self.key
    }
}

impl<T> Drop for Lead<T> {
    fn drop(&mut self) {
        self.flights.table().remove(&self.key);
    }
}

impl<T: Clone> Follow<T> {
    /// What the leader has landed; `None` when it has gone without.
    pub(crate) async fn wait(mut self) -> Option<T> {
        let landed = self.0.wait_for(Option::is_some).await.ok()?;
        landed.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::{super::key::Parts, *};

    fn key(name: &str) -> Key {
        let mut parts = Parts::new();
        parts.part(name.as_bytes());
        parts.into_key()
    }

    fn follow(flights: &Flights<u8>) -> Follow<u8> {
        match flights.join(&key("a")) {
            Join::Follow(follow) => follow,
            Join::Lead(_) => panic!("somebody leads"),
        }
    }

    #[tokio::test]
    async fn rh_254_one_leads_and_all_others_get_what_it_lands() {
        let flights = Flights::default();
        let lead = flights.lead(&key("a")).expect("nobody leads");
        assert!(flights.lead(&key("b")).is_some(), "another key is another flight");
        let followers: Vec<_> = (0..1000).map(|_| follow(&flights)).collect();
        lead.land(7_u8);
        for follower in followers {
            assert_eq!(follower.wait().await, Some(7));
        }
        assert!(flights.lead(&key("a")).is_some(), "what has landed is over");
    }

    #[tokio::test]
    async fn a_leader_that_is_dropped_strands_nobody() {
        let flights = Flights::default();
        let lead = flights.lead(&key("a")).expect("nobody leads");
        let follower = follow(&flights);
        let waiting = tokio::spawn(follower.wait());
        tokio::task::yield_now().await;
        drop(lead);
        assert_eq!(waiting.await.expect("it ends"), None);
        assert!(flights.lead(&key("a")).is_some(), "one of them leads");
    }
}

use std::{
    collections::{HashMap, VecDeque, hash_map::Entry},
    fmt,
    future::ready,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::{Replay, ReplayFuture, ReplayId, ReplayStore};

/// The ids of messages in the memory of this process, 65,536 of them at most; the oldest makes room.
///
/// One takes some 150 bytes, so that a full store has 10 MB. An id is kept for 600 seconds, which is as long as its
/// message could come again and pass: 300 seconds before its time and 300 after it. To be pushed out earlier takes
/// more than 100 genuine messages a second.
///
/// Several instances of an app do not see each other's; then a message can be handled once by each.
pub struct MemoryReplays {
    most: usize,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    messages: HashMap<ReplayId, Message>,
    /// By age, what was forgotten among them: a message is here under the number it was taken up with.
    order: VecDeque<(u64, ReplayId)>,
    next: u64,
}

struct Message {
    number: u64,
    until: Instant,
    is_done: bool,
}

const MOST: usize = 65_536;

impl MemoryReplays {
    /// A store for so many ids. Fewer than one are one.
    pub fn new(most: usize) -> Self {
        Self { most: most.max(1), seen: Mutex::default() }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        // Nothing in here panics half-way.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin_at(&self, id: &ReplayId, now: Instant, keep: Duration) -> Replay {
        let mut seen = self.seen();
        seen.forget_old(now, self.most);
        let number = seen.next;
        let message = Message { number, until: now + keep, is_done: false };
        match seen.messages.entry(*id) {
            Entry::Occupied(found) if found.get().until > now => {
                return if found.get().is_done { Replay::Done } else { Replay::Running };
            }
            Entry::Occupied(mut found) => {
                found.insert(message);
            }
            Entry::Vacant(free) => {
                free.insert(message);
            }
        }
        seen.order.push_back((number, *id));
        seen.next += 1;
        Replay::New
    }
}

impl Seen {
    /// Makes room for one more: of what is over, and else of the oldest.
    fn forget_old(&mut self, now: Instant, most: usize) {
        while let Some((number, id)) = self.order.front() {
            let message = self.messages.get(id).filter(|message| message.number == *number);
            let is_over = message.is_none_or(|message| message.until <= now);
            if !is_over && self.order.len() < most {
                break;
            }
            if message.is_some() {
                self.messages.remove(id);
            }
            self.order.pop_front();
        }
    }
}

impl ReplayStore for MemoryReplays {
    fn begin<'a>(&'a self, id: &'a ReplayId, keep: Duration) -> ReplayFuture<'a, Replay> {
        let replay = self.begin_at(id, Instant::now(), keep);
        Box::pin(ready(Ok(replay)))
    }

    fn end<'a>(&'a self, id: &'a ReplayId, is_done: bool) -> ReplayFuture<'a, ()> {
        let mut seen = self.seen();
        match is_done {
            true => {
                if let Some(message) = seen.messages.get_mut(id) {
                    message.is_done = true;
                }
            }
            false => {
                seen.messages.remove(id);
            }
        }
        Box::pin(ready(Ok(())))
    }
}

impl Default for MemoryReplays {
    fn default() -> Self {
        Self::new(MOST)
    }
}

impl fmt::Debug for MemoryReplays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n_messages = self.seen().messages.len();
        f.debug_struct("MemoryReplays")
            .field("most", &self.most)
            .field("messages", &n_messages)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEEP: Duration = Duration::from_secs(600);

    fn end(store: &MemoryReplays, id: u64, is_done: bool) {
        drop(store.end(&ReplayId::test(id), is_done));
    }

    #[test]
    fn security_56_a_message_is_new_once_until_it_fails_or_its_time_is_over() {
        let store = MemoryReplays::default();
        let start = Instant::now();
        let begin = |id, after| {
            store.begin_at(&ReplayId::test(id), start + Duration::from_secs(after), KEEP)
        };
        assert_eq!(begin(1, 0), Replay::New);
        assert_eq!(begin(1, 0), Replay::Running);
        assert_eq!(begin(2, 1), Replay::New);
        end(&store, 1, true);
        assert_eq!(begin(1, 599), Replay::Done);
        end(&store, 2, false);
        assert_eq!(begin(2, 599), Replay::New);
        assert_eq!(begin(1, 600), Replay::New);
        // Taken up again at 599, so it is not over with its first time.
        assert_eq!(begin(2, 601), Replay::Running);
        // What was forgotten in the meantime stays so.
        end(&store, 99, true);
        assert_eq!(begin(99, 602), Replay::New);
    }

    #[test]
    fn security_56_attack_25_the_store_is_bounded_and_the_oldest_makes_room() {
        let store = MemoryReplays::new(100);
        let now = Instant::now();
        for id in 0..10_000 {
            assert_eq!(store.begin_at(&ReplayId::test(id), now, KEEP), Replay::New);
            end(&store, id, id % 3 != 0);
        }
        let seen = store.seen();
        assert!(seen.messages.len() <= 100 && seen.order.len() <= 100, "{}", seen.order.len());
        drop(seen);
        assert_eq!(store.begin_at(&ReplayId::test(9_998), now, KEEP), Replay::Done);
        assert_eq!(store.begin_at(&ReplayId::test(1), now, KEEP), Replay::New);
    }

    #[tokio::test(start_paused = true)]
    async fn security_56_what_is_over_is_forgotten() {
        let store = MemoryReplays::default();
        for id in 0..1000 {
            store.begin(&ReplayId::test(id), KEEP).await.unwrap();
        }
        tokio::time::advance(KEEP).await;
        store.begin(&ReplayId::test(5000), KEEP).await.unwrap();
        assert_eq!(store.seen().messages.len(), 1);
        assert_eq!(store.seen().order.len(), 1);
    }

    proptest! {
        #[test]
        fn security_56_no_message_is_new_twice_while_it_is_kept(
            steps in proptest::collection::vec((0_u64..8, 0_u64..400, any::<Option<bool>>()), 0..80),
        ) {
            let store = MemoryReplays::new(50);
            let mut now = Instant::now();
            let mut kept: HashMap<u64, (Instant, bool)> = HashMap::new();
            for (id, after, outcome) in steps {
                now += Duration::from_secs(after);
                let expected = match kept.get(&id).filter(|(until, _)| *until > now) {
                    None => Replay::New,
                    Some((_, true)) => Replay::Done,
                    Some((_, false)) => Replay::Running,
                };
                prop_assert_eq!(store.begin_at(&ReplayId::test(id), now, KEEP), expected);
                if expected == Replay::New {
                    kept.insert(id, (now + KEEP, false));
                    match outcome {
                        Some(true) => { kept.insert(id, (now + KEEP, true)); }
                        Some(false) => { kept.remove(&id); }
                        None => {}
                    }
                    if let Some(is_done) = outcome { end(&store, id, is_done); }
                }
                let seen = store.seen();
                prop_assert!(seen.messages.len() <= seen.order.len() && seen.order.len() <= 50);
            }
        }
    }
}

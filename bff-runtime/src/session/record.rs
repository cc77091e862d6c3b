use std::{sync::Arc, time::Duration};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::{clock::Time, id::Id};

/// The form of a [`Record`] as text. One of another form is not read.
const VERSION: u8 = 1;

/// What is known of a session. As text it is compact JSON, since in a cookie every byte is sent with every request.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Record {
    #[serde(rename = "v")]
    version: u8,
    /// When it was given out under a new id for the first time: at the login, mostly.
    #[serde(rename = "i")]
    pub(super) issued: Time,
    /// When it was used last, to a tenth of the idle time.
    #[serde(rename = "s")]
    pub(super) seen: Time,
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "user_as_text", deserialize_with = "user_from_text")]
    pub(super) user: Option<Arc<str>>,
    /// Which epoch of the user it belongs to. A logout everywhere begins another.
    #[serde(rename = "e", default, skip_serializing_if = "is_zero")]
    pub(super) epoch: u64,
    #[serde(rename = "d", default, skip_serializing_if = "Map::is_empty")]
    pub(super) data: Map<String, Value>,
}

impl Record {
    pub(super) fn new(now: Time) -> Self {
        let (issued, seen) = (now, now);
        Self { version: VERSION, issued, seen, user: None, epoch: 0, data: Map::new() }
    }

    pub(super) fn read(text: &[u8]) -> Option<Self> {
        serde_json::from_slice(text).ok().filter(|it: &Self| it.version == VERSION)
    }

    pub(super) fn to_text(&self) -> String {
        // Numbers, text and JSON values always serialize.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// How long sessions last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms {
    /// Without a request.
    pub(super) idle: Duration,
    /// In all.
    pub(super) absolute: Duration,
}

impl Terms {
    pub(super) fn are_over(self, record: &Record, now: Time) -> bool {
        now.since(record.seen) >= self.idle || now.since(record.issued) >= self.absolute
    }

    /// Whether the last use is to be written down again. Not at each request: a cookie on every response would keep
    /// all of them out of every cache, and a store busy.
    pub(super) fn are_stale(self, record: &Record, now: Time) -> bool {
        now.since(record.seen) > self.idle / 10
    }

    /// How long it lasts from its last use, when no other follows.
    pub(super) fn left(self, record: &Record) -> Duration {
        self.idle.min(self.absolute.saturating_sub(record.seen.since(record.issued)))
    }
}

/// A session and its id.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) id: Id,
    pub(super) record: Record,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

fn user_as_text<S: Serializer>(user: &Option<Arc<str>>, serializer: S) -> Result<S::Ok, S::Error> {
    user.as_deref().serialize(serializer)
}

fn user_from_text<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Arc<str>>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.map(Into::into))
}

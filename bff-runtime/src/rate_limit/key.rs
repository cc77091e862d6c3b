use std::{
    borrow::Cow,
    cell::OnceCell,
    net::IpAddr,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
};

use http::{Extensions, HeaderMap, request::Parts};

use super::{Common, Key, KeyFunction};
use crate::{cookies::cookie_text, request::client_ip};

/// What has to be asked for before it can be a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The session.
    Session,
    /// Who is logged in.
    User,
}

/// Says who sends a request; `None` for nobody. Whoever knows sessions gives it to
/// [`Limiters::identified_by`](super::Limiters::identified_by).
pub type Identify =
    for<'a> fn(&'a mut Parts, Who) -> Pin<Box<dyn Future<Output = Option<String>> + Send + 'a>>;

/// A request, as keys are made of it.
pub(super) struct Asker<'a> {
    pub(super) headers: &'a HeaderMap,
    pub(super) extensions: &'a Extensions,
    /// There when a key is made from the whole head.
    pub(super) head: Option<&'a Parts>,
    pub(super) session: Option<String>,
    pub(super) user: Option<String>,
    address: OnceCell<Option<IpAddr>>,
}

impl<'a> Asker<'a> {
    pub(super) fn new(headers: &'a HeaderMap, extensions: &'a Extensions) -> Self {
        let address = OnceCell::new();
        Self { headers, extensions, head: None, session: None, user: None, address }
    }

    pub(super) fn of(head: &'a Parts) -> Self {
        Self { head: Some(head), ..Self::new(&head.headers, &head.extensions) }
    }

    /// Feeds what tells this request from those of others. Each part begins with what it is and how long, so that no
    /// value can be taken for two others.
    pub(super) fn feed(&self, by: &[Key], common: &Common, feed: &mut impl FnMut(&[u8])) {
        for key in by {
            let value: Option<Cow<'_, [u8]>> = match key {
                Key::Ip => {
                    self.feed_address(common, feed);
                    continue;
                }
                // The first line, as those who read the header for its meaning take it: a second one makes no other
                // client of this one.
                Key::Header(name) => self.headers.get(*name).map(|value| value.as_bytes().into()),
                // Decoded, or one session had as many buckets as there are ways to write it.
                Key::Cookie(name) => cookie_text(self.headers, name).map(|value| match value {
                    Cow::Borrowed(text) => text.as_bytes().into(),
                    Cow::Owned(text) => text.into_bytes().into(),
                }),
                Key::Session => self.session.as_deref().map(|id| id.as_bytes().into()),
                Key::User => self.user.as_deref().map(|id| id.as_bytes().into()),
                Key::Function(function) => {
                    let called = self.head.and_then(|head| called(*function, head));
                    called.map(|key| key.into_bytes().into())
                }
            };
            match value {
                Some(value) => {
                    let mut head = [b'v'; 9];
                    head[1..].copy_from_slice(&(value.len() as u64).to_le_bytes());
                    feed(&head);
                    feed(&value);
                }
                None => {
                    feed(b"-");
                    self.feed_address(common, feed);
                }
            }
        }
    }

    fn feed_address(&self, common: &Common, feed: &mut impl FnMut(&[u8])) {
        match *self.address.get_or_init(|| client_ip(self.headers, self.extensions)) {
            Some(address) => match address.to_canonical() {
                IpAddr::V4(address) => {
                    let mut whole = [b'4'; 5];
                    whole[1..].copy_from_slice(&address.octets());
                    feed(&whole);
                }
                IpAddr::V6(address) => {
                    let mut network = [b'6'; 9];
                    network[1..].copy_from_slice(&address.octets()[..8]);
                    feed(&network);
                }
            },
            None => {
                common.warn_of_missing_address();
                feed(b"?");
            }
        }
    }
}

/// What a function says; nothing when it panics, which is for one request to pay and not for its connection.
fn called(function: KeyFunction, head: &Parts) -> Option<String> {
    catch_unwind(AssertUnwindSafe(|| function(head))).unwrap_or_else(|_| {
        tracing::error!("the function that a rate limit goes by has panicked; the client is counted by its address");
        None
    })
}

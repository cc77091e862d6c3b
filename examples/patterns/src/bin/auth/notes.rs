//! The data, and the only way to it: every question names the user who asks.

use std::{collections::HashMap, sync::Arc};

use bff::{
    Error, axum::extract::FromRequestParts, cookies::Cookies, http::request::Parts,
    response::unauthorized,
};
use serde::Serialize;

/// Somebody who has signed in. As an argument of a handler it lets nobody else in.
pub struct User {
    name: String,
}

impl<S: Send + Sync> FromRequestParts<S> for User {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let cookies = Cookies::from_request_parts(parts, state).await?;
        // The value of a real session is signed or random: see the program `session`.
        cookies.get("session").map(|name| Self { name }).ok_or_else(unauthorized)
    }
}

/// What leaves the server of a note: not its owner.
#[derive(Clone, Serialize)]
pub struct Note {
    pub text: &'static str,
}

#[derive(Clone)]
pub struct Notes(Arc<HashMap<u32, (&'static str, Note)>>);

impl Notes {
    /// A note of this user. One of somebody else is as unknown as one that does not exist.
    pub fn note(&self, user: &User, id: u32) -> Option<Note> {
        let (owner, note) = self.0.get(&id)?;
        (*owner == user.name).then(|| note.clone())
    }
}

impl Default for Notes {
    fn default() -> Self {
        let notes = [(1, ("ada", Note { text: "engines" })), (2, ("alan", Note { text: "tapes" }))];
        Self(Arc::new(HashMap::from(notes)))
    }
}

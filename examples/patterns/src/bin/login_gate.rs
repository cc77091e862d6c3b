//! A part for members: `proxy.rs` sends whoever is not signed in to sign in, which leads back to the page that was
//! wanted, and never to another site.
//!
//! ```sh
//! cargo run -p patterns --bin login_gate
//! curl -i 'localhost:3000/members/invoices?year=2026'
//! curl -i 'localhost:3000/login?target=/members/invoices' -d 'name=Ada&password=open sesame'
//! ```

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use bff::{
    Result,
    password::{self, Verdict},
    response::unauthorized,
    session::Session,
};

bff::app!(state = Users, dir = "apps/login_gate/app");

/// Names, and hashes of passwords. Stands for a table of a database.
#[derive(Clone, Default)]
struct Users(Arc<Mutex<HashMap<String, String>>>);

impl Users {
    /// Signs in whoever knows the password. A name that does not exist takes as long and is told the same.
    async fn sign_in(&self, session: &Session, name: &str, password: &str) -> Result {
        let hash = self.hash_of(name);
        match password::verify(password, hash.as_deref()).await? {
            Verdict::Wrong => {
                return Err(unauthorized().detail("the name or the password is wrong"));
            }
            Verdict::Right => {}
            // Made with weaker numbers than today's. Now there is a password to make another one of.
            Verdict::Outdated => self.set_password(name, password).await?,
        }
        session.login(name).await
    }

    async fn set_password(&self, name: &str, password: &str) -> Result {
        let hash = password::hash(password).await?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), hash);
        Ok(())
    }

    fn hash_of(&self, name: &str) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }
}

#[tokio::main]
async fn main() -> Result {
    let users = Users::default();
    users.set_password("Ada", "open sesame").await?;
    bff::serve(app::router(users)).await
}

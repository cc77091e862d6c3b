//! A handler that a library brings ready-made: it decides on the method and on the rest of the path itself.
//!
//! ```sh
//! cargo run -p patterns --bin library
//! curl localhost:3000/notes/today -d 'buy tea'
//! curl localhost:3000/notes/today
//! ```

bff::app!(dir = "apps/library/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}

/// Stands for a crate of its own, which knows `bff` and no app.
mod notes {
    use std::{
        collections::HashMap,
        sync::{Arc, Mutex, PoisonError},
    };

    use bff::{
        Handler, IntoResponse, OptionExt, Problem, Request, RequestExt, Response, Result,
        http::{Method, StatusCode},
        response::no_content,
    };

    /// Keeps a text under each name: POST writes it, GET reads it. At most `limit` of them.
    pub fn handler(limit: usize) -> impl Handler {
        let notes = Arc::new(Mutex::new(HashMap::new()));
        move |request: Request| answer(Arc::clone(&notes), limit, request)
    }

    async fn answer(
        notes: Arc<Mutex<HashMap<String, String>>>,
        limit: usize,
        request: Request,
    ) -> Result<Response> {
        let name = request.url().segments().last().unwrap_or_default().into_owned();
        let text = match *request.method() {
            Method::POST => Some(request.text().await?),
            _ => None,
        };
        let mut notes = notes.lock().unwrap_or_else(PoisonError::into_inner);
        match text {
            None => Ok(notes.get(&name).or_404("no such note")?.clone().into_response()),
            Some(_) if notes.len() >= limit && !notes.contains_key(&name) => {
                Err(Problem::new(StatusCode::INSUFFICIENT_STORAGE).into())
            }
            Some(text) => {
                notes.insert(name, text);
                Ok(no_content())
            }
        }
    }
}

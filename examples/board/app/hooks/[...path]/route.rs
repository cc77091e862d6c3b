use bff::{Handler, State, get, post};

use crate::store::Store;

/// A factory: it runs once, and what it returns answers every method named here. Libraries bring handlers
/// this way; this one comes from the module below.
#[get]
#[post]
fn hooks(State(store): State<Store>) -> impl Handler {
    library::handler(store)
}

/// Stands for a library that dispatches on method and path itself.
mod library {
    use bff::{Handler, IntoResponse, Request, http::Method};

    use crate::store::Store;

    pub(super) fn handler(store: Store) -> impl Handler {
        move |request: Request| {
            let store = store.clone();
            async move {
                match *request.method() {
                    Method::POST => format!("posted to {}", request.uri().path()).into_response(),
                    _ => format!("{} posts so far", store.all().len()).into_response(),
                }
            }
        }
    }
}

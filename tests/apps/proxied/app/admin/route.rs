use bff::{State, get};

use super::Proxying;

#[get]
async fn show(State(app): State<Proxying>) -> &'static str {
    app.handled.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    "secret"
}

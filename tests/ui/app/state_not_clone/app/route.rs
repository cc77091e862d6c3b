use bff::{State, get};

use crate::AppState;

#[get]
async fn index(State(AppState): State<AppState>) -> &'static str {
    "hello"
}

use std::cell::Cell;

#[derive(Clone)]
pub struct AppState {
    pub count: Cell<u64>,
}

bff::app!(state = AppState);

fn main() {
    let _ = app::router(AppState { count: Cell::new(0) });
}

pub struct AppState;

bff::app!(state = AppState, state = AppState);

fn main() {
    let _ = app::router(AppState);
}

pub struct AppState;

bff::app!(state = AppState);

fn main() {
    let _ = app::router(AppState);
}

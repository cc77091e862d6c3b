bff::app!();

mod auth {}

fn main() {
    let _ = app::router();
}

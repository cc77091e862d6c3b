bff::app!();

fn main() {
    let _ = app::router();
}

bff::app!("app");

fn main() {
    let _ = app::router();
}

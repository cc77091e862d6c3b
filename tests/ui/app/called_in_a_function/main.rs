fn main() {
    bff::app!();
    let _ = app::router();
}

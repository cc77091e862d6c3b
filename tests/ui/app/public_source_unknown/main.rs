bff::app!(public = "embedded");

fn main() {
    let _ = app::router();
}

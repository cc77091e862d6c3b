bff::app!(public = "embed");

fn main() {
    let _ = app::router();
}

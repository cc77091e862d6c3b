bff::app!(states = ());

fn main() {
    let _ = app::router();
}

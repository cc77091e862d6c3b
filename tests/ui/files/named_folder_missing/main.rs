bff::app!(dir = "routes");

fn main() {
    let _ = app::router();
}

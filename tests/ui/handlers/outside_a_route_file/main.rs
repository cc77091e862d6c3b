bff::app!();

#[bff::get]
async fn health() -> &'static str {
    "up"
}

fn main() {
    let _ = app::router();
}

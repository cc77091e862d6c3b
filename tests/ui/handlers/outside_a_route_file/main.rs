use bff::head;

bff::app!();

#[bff::get]
#[head]
async fn health() -> &'static str {
    "up"
}

fn main() {
    let _ = app::router();
}

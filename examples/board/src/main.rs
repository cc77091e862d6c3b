//! A message board: state, params of every kind, groups, a ready-made handler, errors and typed paths.
//!
//! `cargo run -p board`, then `curl localhost:3000/api/posts`.

mod store;

use store::Store;

bff::app!(state = Store);

#[tokio::main]
async fn main() -> bff::Result {
    let store = Store::default();
    store.add("Welcome".to_owned());
    bff::serve(app::router(store)).await
}

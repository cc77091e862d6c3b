//! A message board: state, params of every kind, groups, a ready-made handler, errors, typed paths and static files.
//!
//! `cargo run -p board`, then `curl localhost:3000/api/posts`, or see `http://localhost:3000/index.html`.
//!
//! The program of a release build holds the files of `public/`, so it runs in any folder.

mod store;

use store::Store;

bff::app!(state = Store, public = "embed");

#[tokio::main]
async fn main() -> bff::Result {
    let store = Store::default();
    store.add("Welcome".to_owned());
    bff::serve(app::router(store)).await
}

//! A session without a database: all of it is in an encrypted cookie, which every use renews. What a visitor has put
//! into the basket is still there after the sign-in.
//!
//! ```sh
//! cargo run -p patterns --bin session
//! curl -i -c jar -b jar localhost:3000/basket -d item=tea
//! curl -i -c jar -b jar localhost:3000/session -d name=Ada
//! ```

bff::app!(dir = "apps/session/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}

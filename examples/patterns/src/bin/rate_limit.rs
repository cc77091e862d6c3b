//! A quota for each API key, and one for each address that tries keys.
//!
//! ```sh
//! cargo run -p patterns --bin rate_limit
//! curl -i localhost:3000/search -H 'x-api-key: of-ada'
//! for i in 1 2 3 4 5; do curl -i localhost:3000/search -H 'x-api-key: of-ada'; done
//! ```
//!
//! With `BFF_REDIS_URL` and the feature `redis` all instances of the app count together.

bff::app!(state = Customers, dir = "apps/rate_limit/app");

/// Who has which key. A real one has hashes of them, in its database.
#[derive(Clone)]
struct Customers(&'static [(&'static str, &'static str)]);

impl Customers {
    fn name(&self, key: &str) -> Option<&'static str> {
        self.0.iter().find(|(other, _)| *other == key).map(|(_, name)| *name)
    }
}

#[tokio::main]
async fn main() -> bff::Result {
    let customers = Customers(&[("of-ada", "Ada"), ("of-bob", "Bob")]);
    bff::serve(app::router(customers)).await
}

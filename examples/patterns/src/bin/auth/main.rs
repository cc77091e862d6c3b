//! Who may see what: 401 without a session, 404 for what is not yours. Handlers reach the data through a layer that
//! asks who is asking (RH-404, RH-405).
//!
//! ```sh
//! cargo run -p patterns --bin auth
//! curl -i localhost:3000/notes/1
//! curl -i localhost:3000/notes/1 -H 'cookie: session=ada'
//! ```

mod notes;

bff::app!(state = notes::Notes, dir = "auth/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router(notes::Notes::default())).await
}

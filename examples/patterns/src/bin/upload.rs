//! Files in a form: small ones in memory, large ones on disk, all within limits (RH-109).
//!
//! ```sh
//! cargo run -p patterns --bin upload
//! curl localhost:3000/photos -F title=Sunrise -F photo=@sunrise.jpg
//! ```

bff::app!(dir = "upload/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}

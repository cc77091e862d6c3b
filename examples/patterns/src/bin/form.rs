//! A form: two fields, a check, and a redirect that a reload does not send again (RH-393).
//!
//! ```sh
//! cargo run -p patterns --bin form
//! curl -i localhost:3000/contact -d email=ada@example.com -d message=hello
//! ```

bff::app!(dir = "form/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}

//! Who may see what: 401 without a session, 403 without the role, 404 for what belongs to somebody else. All of it is
//! decided by the module that has the data, so no handler can forget it.
//!
//! ```sh
//! cargo run -p patterns --bin ownership
//! curl -c ada localhost:3000/session -d name=ada; curl -b ada localhost:3000/invoices/1
//! curl -c bob localhost:3000/session -d name=bob; curl -b bob localhost:3000/invoices/1
//! ```

mod data;

use data::Data;

bff::app!(state = Data, dir = "apps/ownership/app");

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router(Data::default())).await
}

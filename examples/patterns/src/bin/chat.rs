//! A chat over WebSockets: what one says, all hear, the one who said it included.
//!
//! ```sh
//! cargo run -p patterns --bin chat
//! npx wscat -c ws://localhost:3000/chat
//! curl -i localhost:3000/chat
//! ```

use bff::ws::Utf8Bytes;
use tokio::sync::broadcast;

bff::app!(state = Room, dir = "apps/chat/app");

/// Everybody who is there. A clone is the same room.
type Room = broadcast::Sender<Utf8Bytes>;

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router(Room::new(64))).await
}

//! Which protocol a client speaks that connects without TLS (RFC 9113, section 3.3).

use std::{io, time::Duration};

use tokio::{net::TcpStream, time};

use super::limits::HEAD_TIMEOUT;

/// RFC 9113, section 3.4: what every HTTP/2 connection of a client begins with.
const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The longest pause before another look at a preface that arrives in pieces.
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

/// Whether the client begins with the preface of HTTP/2. The bytes stay in the socket.
///
/// # Errors
///
/// When the client sends too little to tell for as long as a request head may take. The sniffing
/// of hyper-util has no such deadline (hyper issues 3756 and 3962), so half a preface would hold a
/// connection for ever.
pub(super) async fn speaks_http2(socket: &TcpStream) -> io::Result<bool> {
    time::timeout(HEAD_TIMEOUT, compare_with_preface(socket)).await?
}

async fn compare_with_preface(socket: &TcpStream) -> io::Result<bool> {
    let mut bytes = [0; PREFACE.len()];
    let mut pause = Duration::from_millis(1);
    loop {
        let length = socket.peek(&mut bytes).await?;
        if length == 0 || !PREFACE.starts_with(&bytes[..length]) {
            return Ok(false);
        }
        if length == PREFACE.len() {
            return Ok(true);
        }
        // The socket counts as readable as long as bytes are in it, so it cannot wake this task
        // when more of them arrive. Whole prefaces come in one packet; the growing pause keeps
        // those who send half of one from costing anything.
        time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

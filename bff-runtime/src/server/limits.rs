//! The numbers that bound a client, in one place. Those that a program may want to change are
//! settings; the others are here for good.

use std::time::Duration;

/// From the first byte of a request head, or from the start of the connection, to the end of the
/// head. A client that sends one byte now and then must not hold a connection for longer.
pub(super) const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a kept-alive connection may rest between two requests.
pub(super) const KEEP_ALIVE: Duration = Duration::from_secs(60);

/// Beyond a year the clock could overflow, and nobody could tell the difference.
pub(super) const LONGEST_KEEP_ALIVE: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// How long a client may leave an answer unread.
pub(super) const WRITE_STALL: Duration = Duration::from_secs(30);

/// How long the rest of a body that nobody has read is taken in and dropped, and how much of it.
pub(super) const UNREAD_TIME: Duration = Duration::from_secs(10);
pub(super) const UNREAD_SIZE: usize = 64 * 1024 * 1024;

/// How long requests may take to finish once the server was told to stop.
pub(super) const DRAIN: Duration = Duration::from_secs(25);

/// How long connections are accepted when the server was told to stop and somebody asks whether it is ready.
pub(super) const GRACE: Duration = Duration::from_secs(5);

/// A request head, and the trailers of a chunked body. What is longer is answered with 431.
pub(super) const HEAD_SIZE: usize = 32 * 1024;

/// What one HTTP/1 connection may hold in each of its two buffers.
pub(super) const BUFFER_SIZE: usize = 64 * 1024;

/// Requests at the same time on one HTTP/2 connection.
pub(super) const HTTP2_STREAMS: u32 = 100;

/// A request head in HTTP/2, decoded.
pub(super) const HTTP2_HEAD_SIZE: u32 = 16 * 1024;

/// What a client may send ahead of the handler on one stream, and on all of a connection.
pub(super) const HTTP2_STREAM_WINDOW: u32 = 64 * 1024;
pub(super) const HTTP2_CONNECTION_WINDOW: u32 = 1024 * 1024;

/// An HTTP/2 connection is pinged this often, and closed when the pong takes as long again.
pub(super) const HTTP2_PING: Duration = Duration::from_secs(20);

/// As many connections as leave a tenth of the file descriptors to the program: a server that
/// accepts until none is left can open neither its files nor its database.
pub(super) fn max_connections() -> usize {
    // Only Linux shows the limit as a file; elsewhere the loop still backs off when the system
    // refuses a descriptor.
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    match open_files(&limits) {
        Some(open_files) => (open_files - open_files / 10).max(1),
        None => usize::MAX,
    }
}

/// The soft limit in a table like `Max open files            1024                 4096   files`.
fn open_files(limits: &str) -> Option<usize> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_on_open_files_is_read_from_the_table_of_the_kernel() {
        let table = "Limit            Soft Limit   Hard Limit   Units     \n\
                     Max processes    94907        94907        processes \n\
                     Max open files   1024         1048576      files     \n";
        assert_eq!(open_files(table), Some(1024));
        assert_eq!(open_files("Max open files   unlimited   unlimited   files"), None);
        assert_eq!(open_files(""), None);
        assert!(max_connections() > 1);
    }
}

//! The loop that takes connections in.

use std::{io, sync::Arc, time::Duration};

use tokio::{
    net::TcpListener,
    task::{JoinError, JoinSet},
    time::{Instant, sleep_until},
};

use super::{connection::Protocols, settings::Settings, stop::Stop};

/// How long the loop rests when the system has no descriptor or memory left for a connection. The
/// next attempt would fail at once, over and over.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves what connects until the server is to stop, and gives back the connections still open. Between the request
/// to stop and its end it may go on for a while, as one that is no longer ready (row DP-13).
///
/// The listener is closed on return, so that the system refuses new connections at once (row
/// DP-10) and a load balancer goes elsewhere.
pub(super) async fn accept(
    listener: TcpListener,
    protocols: Arc<Protocols>,
    settings: &Settings,
    stop: &mut Stop,
) -> JoinSet<()> {
    let max_connections = settings.max_connections;
    let mut connections = JoinSet::new();
    // Set once the server is to stop: until then whoever sends requests may find out.
    let mut closing = None;
    let mut paused_until = None;
    // Each trouble is told once and not for every connection that it concerns.
    let mut is_failing = false;
    let mut was_full = false;
    loop {
        // Clients above the number wait in the queue of the system.
        let is_open = paused_until.is_none() && connections.len() < max_connections;
        tokio::select! {
            biased;
            () = stop.requested() => {
                protocols.stop();
                if closing.is_some() {
                    // Who asks twice does not want to wait, for the drain neither.
                    stop.ask_again();
                    return connections;
                }
                if settings.grace.is_zero() {
                    return connections;
                }
                tracing::info!("stopping, no longer ready; connections are accepted for {:?} more", settings.grace);
                closing = Some(Instant::now() + settings.grace);
            }
            () = sleep_until(closing.unwrap_or_else(Instant::now)), if closing.is_some() => {
                return connections;
            }
            Some(ended) = connections.join_next() => report(ended),
            () = sleep_until(paused_until.unwrap_or_else(Instant::now)), if paused_until.is_some() => {
                paused_until = None;
            }
            accepted = listener.accept(), if is_open => match accepted {
                Ok((socket, client)) => {
                    let protocols = Arc::clone(&protocols);
                    connections.spawn(async move { protocols.serve(socket, client).await });
                    is_failing = false;
                    let is_full = connections.len() == max_connections;
                    if is_full && !was_full {
                        tracing::warn!("{max_connections} connections are open, others have to wait");
                    }
                    was_full = is_full || was_full && connections.len() > max_connections / 2;
                }
                Err(error) if is_of_the_client(&error) => {}
                Err(error) => {
                    if !is_failing {
                        tracing::error!("cannot accept connections for now: {error}");
                    }
                    is_failing = true;
                    paused_until = Some(Instant::now() + PAUSE);
                }
            },
        }
    }
}

/// Whether the error is about the one connection that was to be accepted: it went away again.
fn is_of_the_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::Interrupted
    )
}

/// Says so when a connection ended with a panic; the others go on.
pub(super) fn report(ended: Result<(), JoinError>) {
    if ended.is_err_and(|error| error.is_panic()) {
        tracing::error!("a handler panicked, its connection was closed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_errors_of_one_client_are_passed_over_without_a_pause() {
        assert!(is_of_the_client(&io::ErrorKind::ConnectionAborted.into()));
        // EMFILE, ENFILE
        for code in [24, 23] {
            assert!(!is_of_the_client(&io::Error::from_raw_os_error(code)));
        }
    }
}

mod draining;
mod harness;
mod http2;
mod requests;
#[cfg(unix)]
mod signals;
mod slow_clients;
#[cfg(feature = "ws")]
mod websockets;

//! Where to listen: `HOST` and `PORT`, or what the program says (rows DP-03, CL-12, CL-13).

use std::{io, net::SocketAddr};

use tokio::net::TcpListener;

use super::{
    ports,
    settings::{Lookup, variable},
};
use crate::{
    env::Mode,
    error::{Error, Result},
};

const DEFAULT_HOST: &str = "0.0.0.0";
const DEFAULT_PORT: u16 = 3000;

/// How many ports after the default one are tried in development.
const FURTHER_PORTS: u16 = 10;

#[derive(Debug, Default)]
pub(super) enum Place {
    /// `HOST` and `PORT`. Not `HOSTNAME`, which containers set to a name of their own (DP-03).
    #[default]
    Environment,
    Address(SocketAddr),
    Listener(TcpListener),
}

impl Place {
    pub(super) async fn listen(self, mode: Mode, lookup: Lookup<'_>) -> Result<TcpListener> {
        match self {
            Self::Listener(listener) => Ok(listener),
            Self::Address(address) => {
                refuse_reserved(address.port())?;
                let host = address.ip().to_string();
                let bound = TcpListener::bind(address).await;
                bound.map_err(|error| cannot_listen(&host, address.port(), &error))
            }
            Self::Environment => {
                let host = lookup("HOST")?.unwrap_or_else(|| DEFAULT_HOST.to_owned());
                // Brackets are how an IPv6 address stands in a URL, so people write them.
                let host = host.trim().trim_start_matches('[').trim_end_matches(']');
                match variable(lookup, "PORT", "a port number from 0 to 65535")? {
                    Some(port) => listen(host, port, 0).await,
                    None if mode.is_development() => {
                        listen(host, DEFAULT_PORT, FURTHER_PORTS).await
                    }
                    None => listen(host, DEFAULT_PORT, 0).await,
                }
            }
        }
    }
}

/// Listens on the port, or on the first free one of those that follow (row CL-12).
async fn listen(host: &str, port: u16, further: u16) -> Result<TcpListener> {
    refuse_reserved(port)?;
    let mut candidate = port;
    loop {
        match TcpListener::bind((host, candidate)).await {
            Ok(listener) => {
                if candidate != port {
                    tracing::warn!("port {port} is in use, using {candidate} instead");
                }
                return Ok(listener);
            }
            Err(error)
                if error.kind() == io::ErrorKind::AddrInUse && candidate - port < further =>
            {
                candidate += 1;
            }
            Err(error) => return Err(cannot_listen(host, port, &error)),
        }
    }
}

fn refuse_reserved(port: u16) -> Result<()> {
    match ports::reserved_for(port) {
        None => Ok(()),
        Some(service) => Err(Error::msg(format!(
            "Bad port: \"{port}\" is reserved for {service}; browsers refuse it, choose another one"
        ))),
    }
}

fn cannot_listen(host: &str, port: u16, error: &io::Error) -> Error {
    Error::msg(match error.kind() {
        io::ErrorKind::AddrInUse => format!(
            "port {port} on {host} is already in use; stop the program that holds it, \
             or set `PORT` to a free port"
        ),
        io::ErrorKind::PermissionDenied => format!(
            "port {port} on {host} is not open to this user; \
             set `PORT` to a port from 1024 upwards"
        ),
        io::ErrorKind::AddrNotAvailable => format!(
            "{host} is no address of this machine; \
             set `HOST` to one that is, or to 0.0.0.0 for all"
        ),
        _ => format!("cannot listen on port {port} of {host}, check `HOST` and `PORT`: {error}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn listen_at(variables: &[(&str, &str)], mode: Mode) -> Result<SocketAddr, String> {
        let lookup = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            Ok(found.map(|(_, value)| value.to_string()))
        };
        let listener = Place::Environment.listen(mode, &lookup).await;
        Ok(listener.map_err(|error| error.to_string())?.local_addr().unwrap())
    }

    #[tokio::test]
    async fn dp_03_host_may_be_an_address_or_a_name() {
        for host in ["127.0.0.1", "localhost", "[::1]", "::1"] {
            let address = listen_at(&[("HOST", host), ("PORT", "0")], Mode::Production).await;
            match address {
                Ok(address) => assert!(address.ip().is_loopback()),
                // Some containers have no IPv6.
                Err(error) => assert!(host.contains("::1"), "{error}"),
            }
        }
        let address = listen_at(&[("PORT", "0")], Mode::Production).await.unwrap();
        assert_eq!(address.ip().to_string(), "0.0.0.0");
    }

    #[tokio::test]
    async fn dp_03_hostname_is_not_read() {
        let variables = [("HOSTNAME", "no.such.host.invalid"), ("PORT", "0")];
        assert!(listen_at(&variables, Mode::Production).await.is_ok());
    }

    #[tokio::test]
    async fn a_bad_port_is_an_error_that_names_the_variable() {
        for port in ["x", "-1", "65536", "3000.5"] {
            let error = listen_at(&[("PORT", port)], Mode::Development).await.unwrap_err();
            assert_eq!(error, "environment variable `PORT` must be a port number from 0 to 65535");
        }
    }

    #[tokio::test]
    async fn cl_13_a_reserved_port_is_refused() {
        let error = listen_at(&[("PORT", "6000")], Mode::Development).await.unwrap_err();
        assert!(error.starts_with("Bad port: \"6000\" is reserved for x11"), "{error}");

        let place = Place::Address(([127, 0, 0, 1], 6667).into());
        let error = place.listen(Mode::Production, &|_| Ok(None)).await.unwrap_err();
        assert!(error.to_string().starts_with("Bad port: \"6667\" is reserved for ircu"));
    }

    #[tokio::test]
    async fn cl_12_an_explicit_port_in_use_is_an_error() {
        let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = taken.local_addr().unwrap().port();
        let variables = [("HOST", "127.0.0.1"), ("PORT", &*port.to_string())];
        let error = listen_at(&variables, Mode::Development).await.unwrap_err();
        let expected = format!("port {port} on 127.0.0.1 is already in use; ");
        assert!(error.starts_with(&expected), "{error}");
    }

    #[tokio::test]
    async fn cl_12_the_next_free_port_is_taken_when_none_is_asked_for() {
        let (first, _second) = two_neighbours().await;
        let listener = listen("127.0.0.1", first, 10).await.unwrap();
        assert!((first + 2..=first + 10).contains(&listener.local_addr().unwrap().port()));

        let error = listen("127.0.0.1", first, 1).await.unwrap_err().to_string();
        assert!(error.starts_with(&format!("port {first} on 127.0.0.1 is already")), "{error}");
    }

    #[tokio::test]
    async fn a_foreign_address_is_an_error_that_says_what_to_do() {
        let variables = [("HOST", "192.0.2.1"), ("PORT", "0")];
        let error = listen_at(&variables, Mode::Production).await.unwrap_err();
        assert!(error.contains("192.0.2.1") && error.contains("`HOST`"), "{error}");
    }

    /// Two taken ports in a row.
    async fn two_neighbours() -> (u16, [TcpListener; 2]) {
        loop {
            let first = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let port = first.local_addr().unwrap().port();
            let Some(next) = port.checked_add(1) else { continue };
            if let Ok(second) = TcpListener::bind(("127.0.0.1", next)).await {
                return (port, [first, second]);
            }
        }
    }
}

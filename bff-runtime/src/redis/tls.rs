use std::{fmt, io, sync::Arc};

use ::redis::{AsyncConnectionConfig, ConnectionAddr, ConnectionInfo, aio::MultiplexedConnection};
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::RedisError;
use crate::tls::{NoTls, client_config};

/// What makes connections secret: the roots are read once.
pub(super) struct Tls(TlsConnector);

impl Tls {
    pub(super) fn new() -> Result<Self, RedisError> {
        let config = client_config().map_err(|reason| {
            RedisError::Url(match reason {
                NoTls::Roots => {
                    "asks for TLS, and the system has no root certificates to check it with"
                }
                NoTls::Versions => "asks for TLS, and no version of it is there to speak",
            })
        })?;
        Ok(Self(TlsConnector::from(Arc::new(config))))
    }

    /// Connects, and says who it is only to the one that the certificate names.
    pub(super) async fn connect(
        &self,
        info: &ConnectionInfo,
        config: AsyncConnectionConfig,
    ) -> Result<MultiplexedConnection, RedisError> {
        let ConnectionAddr::Tcp(host, port) = info.addr() else {
            return Err(RedisError::Url("asks for TLS where there is no host"));
        };
        let name = ServerName::try_from(host.clone())
            .map_err(|_| RedisError::Url("asks for TLS with what no certificate can name"))?;
        let stream = TcpStream::connect((&**host, *port)).await.map_err(lost)?;
        // A command is one small packet, and somebody waits for it.
        stream.set_nodelay(true).map_err(lost)?;
        let stream = self.0.connect(name, stream).await.map_err(lost)?;
        let (connection, driver) =
            MultiplexedConnection::new_with_config(info.redis_settings(), stream, config).await?;
        // It ends with the last handle.
        tokio::spawn(driver);
        Ok(connection)
    }
}

/// Words for what happened, without anything that was configured.
fn lost(error: io::Error) -> RedisError {
    let of_tls = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    RedisError::Disconnected(match of_tls {
        Some(rustls::Error::InvalidCertificate(_)) => {
            "its certificate is none that this system trusts for its name".to_owned()
        }
        Some(rustls::Error::InvalidMessage(_)) => "it does not speak TLS".to_owned(),
        Some(_) => "no TLS could be agreed on".to_owned(),
        None if error.kind() == io::ErrorKind::ConnectionRefused => "it was refused".to_owned(),
        None => error.kind().to_string(),
    })
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").finish_non_exhaustive()
    }
}

use std::{
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use ::redis::{AsyncConnectionConfig, Client, Cmd, Value, aio::MultiplexedConnection, cmd};
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

use super::{Redis, RedisError, Reply, tls::Tls};

/// How long a connection may take to be made; in the background, so nobody waits for it.
const CONNECT: Duration = Duration::from_secs(1);

/// The pauses between probes. With the time to connect the longest is less than the two seconds within which a
/// Redis that has come back is noticed.
const PAUSES: std::ops::RangeInclusive<Duration> =
    Duration::from_millis(50)..=Duration::from_millis(500);

/// So many probes that nobody asked for, and there are no more until somebody does.
const UNASKED: u32 = 60;

/// The connection, or what is done to get one.
pub(super) struct Link {
    client: Client,
    /// Around the connection, when the URL asks for it.
    tls: Option<Tls>,
    state: watch::Sender<State>,
    /// Somebody wanted a connection while there was none.
    asked: AtomicBool,
    /// Tells connections apart.
    epochs: AtomicU64,
}

enum State {
    /// Nobody has asked yet, or for long.
    Idle,
    /// One is being made, and it is worth waiting for.
    Making,
    /// One is being made, and nobody waits: the circuit is open.
    Away(RedisError),
    Up {
        connection: MultiplexedConnection,
        epoch: u64,
    },
}

impl Link {
    pub(super) fn new(client: Client, tls: Option<Tls>) -> Arc<Self> {
        Arc::new(Self {
            client,
            tls,
            state: watch::Sender::new(State::Idle),
            asked: AtomicBool::new(false),
            epochs: AtomicU64::new(0),
        })
    }

    /// Which connection a call that begins now will use, for [`failed`](Self::failed).
    pub(super) fn epoch(&self) -> Option<u64> {
        match *self.state.borrow() {
            State::Up { epoch, .. } => Some(epoch),
            _ => None,
        }
    }

    /// Sends a command, once there is a connection.
    pub(super) async fn send(self: &Arc<Self>, command: &Cmd) -> Result<Reply, RedisError> {
        let mut connection = self.connection().await?;
        Reply::try_from(command.query_async::<Value>(&mut connection).await?)
    }

    async fn connection(self: &Arc<Self>) -> Result<MultiplexedConnection, RedisError> {
        match &*self.state.borrow() {
            State::Up { connection, .. } => return Ok(connection.clone()),
            State::Away(_) => {
                self.asked.store(true, Ordering::Relaxed);
                return Err(RedisError::Away);
            }
            State::Idle | State::Making => {}
        }
        let mut states = self.state.subscribe();
        self.make();
        let state = states.wait_for(|state| !matches!(state, State::Idle | State::Making)).await;
        match state.as_deref() {
            Ok(State::Up { connection, .. }) => Ok(connection.clone()),
            Ok(State::Away(error)) => Err(error.clone()),
            _ => Err(RedisError::Away),
        }
    }

    /// Begins to make the first connection, unless somebody has.
    fn make(self: &Arc<Self>) {
        let begun = self.state.send_if_modified(|state| {
            let idle = matches!(state, State::Idle);
            if idle {
                *state = State::Making;
            }
            idle
        });
        if begun {
            tokio::spawn(probe(Unfinished(Arc::downgrade(self)), None));
        }
    }

    /// Hears that a call has failed that began when `epoch` was. Opens the circuit when it is the connection's fault.
    pub(super) fn failed(self: &Arc<Self>, epoch: Option<u64>, error: &RedisError) {
        if !error.is_of_connection() {
            return;
        }
        let mut old = None;
        self.state.send_if_modified(|state| {
            match state {
                State::Up { connection, epoch: current } if Some(*current) == epoch => {
                    old = Some(connection.clone());
                }
                // Whoever else comes while it is being made does not wait as well.
                State::Making if *error == RedisError::TimedOut => {}
                _ => return false,
            }
            *state = State::Away(error.clone());
            tracing::warn!("Redis is away: {error}");
            true
        });
        if let Some(old) = old {
            // An error reply is one of this connection; what was merely late may still come to itself.
            let old = (*error == RedisError::TimedOut).then_some(old);
            tokio::spawn(probe(Unfinished(Arc::downgrade(self)), old));
        }
    }

    async fn connect(&self) -> Result<MultiplexedConnection, RedisError> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT))
            // Calls have a deadline of their own.
            .set_response_timeout(None)
            .set_pipeline_buffer_size(1024);
        let connection = match &self.tls {
            None => self.client.get_multiplexed_async_connection_with_config(&config).await?,
            Some(tls) => {
                let connecting = tls.connect(self.client.get_connection_info(), config);
                timeout(CONNECT, connecting).await.map_err(|_| RedisError::TimedOut)??
            }
        };
        answers(connection).await
    }

    fn up(&self, connection: MultiplexedConnection) {
        let epoch = self.epochs.fetch_add(1, Ordering::Relaxed);
        let before = self.state.send_replace(State::Up { connection, epoch });
        if matches!(before, State::Away(_)) {
            tracing::info!("Redis is back");
        }
    }

    fn away(&self, error: RedisError) {
        self.state.send_if_modified(|state| {
            let first = matches!(state, State::Making);
            if first {
                tracing::warn!("Redis is away: {error}");
                *state = State::Away(error);
            }
            first
        });
    }
}

/// Looks until Redis answers: whoever holds the [`State`] at `Making` or `Away`.
async fn probe(mut link: Unfinished, mut old: Option<MultiplexedConnection>) {
    let mut pause = *PAUSES.start();
    let mut unasked = 0;
    loop {
        let Some(strong) = link.0.upgrade() else { return };
        let found = match old.take() {
            Some(connection) => answers(connection).await,
            None => strong.connect().await,
        };
        match found {
            Ok(connection) => {
                // From here on the state is somebody else's.
                link.0 = Weak::new();
                return strong.up(connection);
            }
            Err(error) => strong.away(error),
        }
        unasked = if strong.asked.swap(false, Ordering::Relaxed) { 0 } else { unasked + 1 };
        if unasked == UNASKED {
            return;
        }
        drop(strong);
        sleep(pause).await;
        pause = (pause * 2).min(*PAUSES.end());
    }
}

/// The connection, when it answers in time.
async fn answers(
    mut connection: MultiplexedConnection,
) -> Result<MultiplexedConnection, RedisError> {
    let ping = cmd("PING");
    let reply = timeout(Redis::DEADLINE, ping.query_async::<Value>(&mut connection)).await;
    reply.map_err(|_| RedisError::TimedOut)??;
    Ok(connection)
}

/// A probe that ends without a connection, also with its runtime, leaves the next call to begin another.
struct Unfinished(Weak<Link>);

impl Drop for Unfinished {
    fn drop(&mut self) {
        let Some(link) = self.0.upgrade() else { return };
        link.state.send_if_modified(|state| {
            let unfinished = matches!(state, State::Making | State::Away(_));
            if unfinished {
                *state = State::Idle;
            }
            unfinished
        });
    }
}

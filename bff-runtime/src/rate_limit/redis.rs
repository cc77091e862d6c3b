use std::sync::LazyLock;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

use super::{
    Allowance, Asker, Bucket, Common, Limiter, Outage, RateLimit, Refusal, State, States, Verdict,
    bucket::identify,
};
use crate::redis::{RedisError, Reply, Script};

/// The one step in which all instances count.
static GCRA: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("gcra.lua")));

const MICROS: u64 = 1_000_000;

/// The bucket of a request in Redis.
///
/// It is a hash, so Redis has no addresses, sessions or keys of clients in it. It is no secret: who can read Redis can
/// try all IPv4 addresses.
pub(super) fn key(bucket: &Bucket, asker: &Asker<'_>, common: &Common) -> String {
    let mut hash = Sha256::new();
    identify(bucket.limit, &mut |bytes| hash.update(bytes));
    asker.feed(bucket.limit.by, common, &mut |bytes| hash.update(bytes));
    format!("bff:rate:{}", URL_SAFE_NO_PAD.encode(&hash.finalize()[..16]))
}

/// Counts a request for all instances.
pub(super) async fn count(limiter: &Limiter, keys: Vec<String>) -> Verdict {
    let Some(redis) = limiter.common().redis() else { return uncounted(limiter) };
    let args: Vec<String> = limiter.limits().flat_map(args).collect();
    let reply = redis.invoke(&GCRA, &keys, &args).await;
    match reply.and_then(|reply| verdict(limiter, reply)) {
        Ok(verdict) => verdict,
        Err(error) => {
            limiter.common().could_not_count(&error);
            uncounted(limiter)
        }
    }
}

fn args(limit: &RateLimit) -> [String; 5] {
    [
        limit.count.to_string(),
        (u64::from(limit.seconds) * MICROS).to_string(),
        limit.burst.to_string(),
        limit.cost.to_string(),
        u8::from(limit.dry_run).to_string(),
    ]
}

fn verdict(limiter: &Limiter, reply: Reply) -> Result<Verdict, RedisError> {
    let mut numbers = reply.list()?;
    let mut next = || numbers.pop_front().ok_or(RedisError::Mistyped)?.integer();
    let refused = next()?;
    if refused > 0 {
        let micros = u64::try_from(next()?).map_err(|_| RedisError::Mistyped)?;
        let index = usize::try_from(refused - 1).map_err(|_| RedisError::Mistyped)?;
        let limit = limiter.limits().nth(index).ok_or(RedisError::Mistyped)?;
        return Ok(limiter.refuse(index, State::refused(limit, micros.saturating_mul(1000))));
    }
    let mut states = States::new();
    for (index, limit) in limiter.limits().enumerate() {
        let left = next()?;
        if !limit.dry_run {
            states.push(State::after(limit, u32::try_from(left).unwrap_or(u32::MAX)));
        } else if left < 0 {
            limiter.would_refuse(index);
        }
    }
    Ok(Verdict::Allowed(Allowance::new(limiter.clone(), states)))
}

/// What holds when nobody can count: the limits that are `closed` refuse.
fn uncounted(limiter: &Limiter) -> Verdict {
    let refuses = |limit: &RateLimit| limit.outage == Outage::Closed && !limit.dry_run;
    match limiter.limits().position(refuses) {
        Some(index) => Verdict::Limited(Refusal::uncounted(limiter.clone(), index)),
        None => Verdict::Allowed(Allowance::new(limiter.clone(), States::new())),
    }
}

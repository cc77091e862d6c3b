/// A Lua script that Redis runs as one step.
///
/// Redis is sent its hash, and the text only when Redis does not have it (any more).
///
/// ```
/// use bff::redis::{Redis, RedisError, Script};
///
/// async fn add(redis: &Redis, key: &str, number: i64) -> Result<i64, RedisError> {
///     let script = Script::new("return redis.call('INCRBY', KEYS[1], ARGV[1])");
///     redis.invoke(&script, &[key], &[number.to_string()]).await?.integer()
/// }
/// ```
///
/// Numbers in a script are doubles: integers beyond 2^53 lose digits.
#[derive(Clone, Debug)]
pub struct Script {
    text: &'static str,
    hash: String,
}

impl Script {
    /// A script of this text.
    pub fn new(text: &'static str) -> Self {
        Self { text, hash: ::redis::Script::new(text).get_hash().to_owned() }
    }

    pub(super) fn text(&self) -> &'static str {
        self.text
    }

    pub(super) fn hash(&self) -> &str {
        &self.hash
    }
}

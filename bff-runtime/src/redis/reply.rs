use std::collections::VecDeque;

use ::redis::Value;

use super::RedisError;

/// What Redis replies to a command or a script.
///
/// ```
/// use bff::redis::Reply;
///
/// assert_eq!(Reply::Integer(7).integer(), Ok(7));
/// assert_eq!(Reply::Nil.bytes(), Ok(None));
/// assert!(Reply::Integer(7).bytes().is_err());
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Reply {
    /// Nothing: no such key, or a condition that did not hold.
    Nil,
    /// A number.
    Integer(i64),
    /// A value.
    Bytes(Vec<u8>),
    /// A word of Redis itself, such as `OK`.
    Status(String),
    /// Several replies.
    List(VecDeque<Reply>),
}

impl Reply {
    /// The number.
    ///
    /// # Errors
    /// [`RedisError::Mistyped`] when it is none.
    pub fn integer(self) -> Result<i64, RedisError> {
        match self {
            Self::Integer(number) => Ok(number),
            _ => Err(RedisError::Mistyped),
        }
    }

    /// The value, when there is one.
    ///
    /// # Errors
    /// [`RedisError::Mistyped`] when it is a number, a status or a list.
    pub fn bytes(self) -> Result<Option<Vec<u8>>, RedisError> {
        match self {
            Self::Nil => Ok(None),
            Self::Bytes(bytes) => Ok(Some(bytes)),
            _ => Err(RedisError::Mistyped),
        }
    }

    /// The replies of a list.
    ///
    /// # Errors
    /// [`RedisError::Mistyped`] when it is none.
    pub fn list(self) -> Result<VecDeque<Self>, RedisError> {
        match self {
            Self::List(replies) => Ok(replies),
            _ => Err(RedisError::Mistyped),
        }
    }
}

impl TryFrom<Value> for Reply {
    type Error = RedisError;

    fn try_from(value: Value) -> Result<Self, RedisError> {
        Ok(match value {
            Value::Nil => Self::Nil,
            Value::Int(number) => Self::Integer(number),
            Value::Boolean(is) => Self::Integer(is.into()),
            Value::BulkString(bytes) => Self::Bytes(bytes),
            Value::VerbatimString { text, .. } => Self::Bytes(text.into_bytes()),
            Value::Okay => Self::Status("OK".to_owned()),
            Value::SimpleString(word) => Self::Status(word),
            Value::Array(values) | Value::Set(values) => {
                Self::List(values.into_iter().map(Self::try_from).collect::<Result<_, _>>()?)
            }
            Value::ServerError(error) => return Err(RedisError::Refused(error.code().to_owned())),
            _ => return Err(RedisError::Mistyped),
        })
    }
}

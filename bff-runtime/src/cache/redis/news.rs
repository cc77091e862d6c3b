use std::sync::LazyLock;

use super::Lives;
use super::lives::same_connection;
use crate::{
    cache::{Invalidation, Marks, Name, Version},
    redis::{Redis, RedisError, Reply, Script},
};

static MARKS: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("marks.lua")));

/// So many marks are told at a time: within the deadline also on a slow network.
const PAGE: usize = 1000;

/// What Redis has told of invalidations.
#[derive(Debug)]
pub(super) struct News {
    /// What was begun before is gone.
    floor: Version,
    /// The last mark that was made by asking.
    pub(super) made: Version,
    marks: Vec<(Name, Invalidation, Version)>,
    /// The last of them; all before have been told.
    pub(super) heard: Option<Version>,
    /// There may be more.
    pub(super) is_page: bool,
}

/// What is asked.
#[derive(Debug)]
pub(super) struct Question<'a> {
    pub(super) prefix: &'a str,
    /// The last mark that was heard of here.
    pub(super) heard: Version,
    /// The last that is known from anywhere.
    pub(super) known: Version,
    pub(super) names: &'a [Name],
    pub(super) how: Invalidation,
    /// How many marks are remembered.
    pub(super) most: usize,
}

impl Question<'_> {
    pub(super) async fn ask(&self, redis: &Redis, lives: &Lives) -> Result<News, RedisError> {
        let (connection, life) = lives.current(redis).await?;
        let keys = ["marks", "life"].map(|key| format!("{}{key}", self.prefix));
        let numbers = [self.heard.0, self.known.0].map(|number| number.to_string());
        let [heard, known] = &numbers;
        let (page, most) = (PAGE.to_string(), self.most.to_string());
        let how = match self.how {
            Invalidation::Expire => "e",
            Invalidation::Stale => "s",
        };
        let mut args: Vec<&str> = vec![&life, heard, known, &page, &most, how];
        args.extend(self.names.iter().map(Name::as_str));
        let reply = redis.invoke(&MARKS, &keys, &args).await?;
        same_connection(redis, connection)?;
        News::read(reply).ok_or(RedisError::Mistyped)
    }
}

impl News {
    fn read(reply: Reply) -> Option<Self> {
        let mut words =
            reply.list().ok()?.into_iter().map(|word| String::from_utf8(word.bytes().ok()??).ok());
        let mut number = || words.next()??.parse().ok().map(Version);
        let (floor, made) = (number()?, number()?);
        let (mut marks, mut heard, mut count) = (Vec::new(), None, 0);
        while let Some(mark) = words.next() {
            let version = Version(words.next()??.parse().ok()?);
            (heard, count) = (Some(version), count + 1);
            // Of another release nothing is known but that there is something.
            match mark?.split_once(' ') {
                Some(("e", name)) => {
                    marks.push((Name::from_text(name), Invalidation::Expire, version))
                }
                Some(("s", name)) => {
                    marks.push((Name::from_text(name), Invalidation::Stale, version))
                }
                _ => {}
            }
        }
        Some(Self { floor, made, marks, heard, is_page: count == PAGE })
    }

    /// Tells them.
    pub(super) fn tell(self, marks: &Marks) {
        // First, as everything is held against it that is held against a mark.
        marks.raise(self.floor);
        for (name, how, version) in self.marks {
            marks.hear(&[name], how, version);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_that_are_none_are_refused() {
        let reply = |words: &[&str]| {
            let words = words.iter().map(|word| Reply::Bytes(word.as_bytes().to_vec()));
            News::read(Reply::List(words.collect()))
        };
        let news = reply(&["3", "9", "-", "3", "e tag a b", "7", "s path /", "9", "x y", "10"]);
        let news = news.unwrap();
        assert_eq!(
            (news.floor, news.made, news.heard),
            (Version(3), Version(9), Some(Version(10)))
        );
        let marks: Vec<_> =
            news.marks.iter().map(|(name, how, at)| (name.as_str(), *how, at.0)).collect();
        let expected = [("tag a b", Invalidation::Expire, 7), ("path /", Invalidation::Stale, 9)];
        assert_eq!(marks, expected);
        for words in [&[][..], &["3"], &["3", "x"], &["3", "9", "e a"], &["3", "9", "e a", "x"]] {
            assert!(reply(words).is_none(), "{words:?}");
        }
        assert!(News::read(Reply::Nil).is_none());
    }
}

use std::{iter::Peekable, str::SplitWhitespace, time::Duration};

use super::{Outage, RateLimit, RateLimitKey, RateLimitMistake, cookie, function, header};
use crate::suggest;

type Words<'a> = Peekable<SplitWhitespace<'a>>;

/// The longest period.
const DAY: u64 = 24 * 60 * 60;

const UNITS: &[(&str, u64)] = &[("s", 1), ("min", 60), ("h", 60 * 60), ("day", DAY)];

/// What people write for a unit.
const ALMOST_UNITS: &[(&str, &str)] = &[
    ("sec", "s"),
    ("secs", "s"),
    ("second", "s"),
    ("seconds", "s"),
    ("m", "min"),
    ("mins", "min"),
    ("minute", "min"),
    ("minutes", "min"),
    ("hr", "h"),
    ("hour", "h"),
    ("hours", "h"),
    ("d", "day"),
    ("days", "day"),
];

/// More than that in a second, and the store counts less exactly than one in a thousand.
const MOST_PER_SECOND: u64 = 1_000_000;

/// A bucket that takes longer to fill is a mistake.
const LONGEST_FILL: u64 = 31 * DAY;

const LONGEST_NAME: usize = 64;

const OPTIONS: [&str; 7] = ["burst", "by", "cost", "dry-run", "open", "closed", "named"];

const KEYS: [&str; 6] = ["ip", "header", "cookie", "session", "user", "fn"];

impl RateLimit {
    /// Reads `10/min`, `100/s burst 200 by user`, …
    ///
    /// # Errors
    /// What is wrong, the first of it, and what to write.
    pub fn read(text: &str) -> Result<Self, RateLimitMistake> {
        let mut words = text.split_whitespace().peekable();
        let (count, period) = rate(words.next().unwrap_or_default())?;
        let mut options = Options::default();
        while let Some(word) = words.next() {
            options.read(word, &mut words)?;
        }
        let limit = Self {
            count,
            period: Duration::from_secs(period),
            burst: options.burst.unwrap_or(count),
            cost: options.cost.unwrap_or(1),
            by: options.by.unwrap_or_else(|| vec![RateLimitKey::Ip]),
            dry_run: options.dry_run.is_some(),
            outage: options.outage.unwrap_or_default(),
            name: options.name,
        };
        limit.is_possible()?;
        Ok(limit)
    }

    /// Numbers that are right each by itself.
    fn is_possible(&self) -> Result<(), RateLimitMistake> {
        if self.burst < self.cost {
            return Err(RateLimitMistake::new(
                format!(
                    "a request costs {} and no more than {} are there at once, so none would ever pass",
                    self.cost, self.burst
                ),
                format!("add `burst {}`, or lower the cost", self.cost),
            ));
        }
        let fill = u64::from(self.burst) * self.period.as_secs() / u64::from(self.count);
        if fill > LONGEST_FILL {
            return Err(RateLimitMistake::new(
                format!("a burst of {} takes {} days to come back", self.burst, fill / DAY),
                "lower it, so that it is there again within 31 days",
            ));
        }
        Ok(())
    }
}

/// The options so far.
#[derive(Default)]
struct Options {
    burst: Option<u32>,
    by: Option<Vec<RateLimitKey>>,
    cost: Option<u32>,
    dry_run: Option<()>,
    outage: Option<Outage>,
    name: Option<String>,
}

impl Options {
    fn read(&mut self, word: &str, words: &mut Words<'_>) -> Result<(), RateLimitMistake> {
        match word {
            "burst" => once(&mut self.burst, word, number(word, words.next())?),
            "cost" => once(&mut self.cost, word, number(word, words.next())?),
            "by" => once(&mut self.by, word, keys(words)?),
            "dry-run" => once(&mut self.dry_run, word, ()),
            "open" => once(&mut self.outage, "open` or `closed", Outage::Open),
            "closed" => once(&mut self.outage, "open` or `closed", Outage::Closed),
            "named" => once(&mut self.name, word, name(words.next())?),
            _ => Err(unknown("option of a rate limit", word, &OPTIONS)),
        }
    }
}

fn once<T>(slot: &mut Option<T>, word: &str, value: T) -> Result<(), RateLimitMistake> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(RateLimitMistake::new(
            format!("`{word}` is said twice"),
            "say it once; several limits at once are several texts",
        )),
    }
}

fn unknown(what: &str, word: &str, known: &[&str]) -> RateLimitMistake {
    let help = match suggest::nearest(word, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("there are `{}`", known.join("`, `")),
    };
    RateLimitMistake::new(format!("`{word}` is no {what}"), help)
}

/// `10/min`, `600/5min`: how many in how many seconds.
fn rate(word: &str) -> Result<(u32, u64), RateLimitMistake> {
    let form = "write a number and a period: `10/min`, `100/s`, `600/5min`";
    let Some((count, period)) = word.split_once('/') else {
        return Err(RateLimitMistake::new(format!("`{word}` is no rate"), form));
    };
    let Some(times) = whole(count) else {
        return Err(RateLimitMistake::new(
            format!("`{count}` is not how many requests there may be"),
            form,
        ));
    };
    if times == 0 {
        return Err(RateLimitMistake::new(
            "a rate of 0 lets nothing pass",
            "write at least 1; a route that nobody may ask for is better removed",
        ));
    }
    let digits = period.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = period.split_at(digits);
    let Some((_, seconds)) = UNITS.iter().find(|(name, _)| *name == unit) else {
        return Err(no_unit(word, number, unit, count));
    };
    // Beyond 64 bits it is longer than a day as well.
    let number = if number.is_empty() { 1 } else { number.parse().unwrap_or(u64::MAX) };
    let seconds = number.saturating_mul(*seconds);
    if seconds == 0 || seconds > DAY {
        return Err(RateLimitMistake::new(
            format!("`{period}` is no period of a rate"),
            "write a period of 1s to 1day",
        ));
    }
    if u64::from(times) > MOST_PER_SECOND * seconds {
        return Err(RateLimitMistake::new(
            format!("`{word}` is more than can be counted"),
            "write a rate of a million in a second or less, or none",
        ));
    }
    Ok((times, seconds))
}

fn no_unit(word: &str, number: &str, unit: &str, count: &str) -> RateLimitMistake {
    if unit.is_empty() {
        return RateLimitMistake::new(
            format!("`{word}` has a period without a unit"),
            format!("write `{count}/{number}s`, or with `min`, `h` or `day`"),
        );
    }
    let lower = unit.to_ascii_lowercase();
    let meant = ALMOST_UNITS.iter().find(|(almost, _)| *almost == lower).map(|(_, unit)| *unit);
    let meant = meant.or_else(|| UNITS.iter().map(|(unit, _)| *unit).find(|unit| *unit == lower));
    RateLimitMistake::new(
        format!("`{unit}` is no unit of a rate"),
        match meant {
            Some(meant) => format!("write `{count}/{number}{meant}`"),
            None => "the units are `s`, `min`, `h` and `day`".to_owned(),
        },
    )
}

/// A whole number that fits; no sign and nothing between the digits.
fn whole(text: &str) -> Option<u32> {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits.then(|| text.parse().ok()).flatten()
}

/// What stands after `burst` and `cost`.
fn number(option: &str, word: Option<&str>) -> Result<u32, RateLimitMistake> {
    let number = word.and_then(whole).filter(|number| *number > 0);
    number.ok_or_else(|| {
        let message = match word {
            Some(word) => format!("`{word}` is not a number for `{option}`"),
            None => format!("`{option}` has no number"),
        };
        RateLimitMistake::new(message, format!("write a whole number of 1 or more: `{option} 20`"))
    })
}

/// What stands after `by`.
fn keys(words: &mut Words<'_>) -> Result<Vec<RateLimitKey>, RateLimitMistake> {
    let mut keys = Vec::new();
    loop {
        let key = key(words)?;
        if keys.contains(&key) {
            return Err(RateLimitMistake::new(
                "a key is named twice",
                "name each once; it makes no difference",
            ));
        }
        keys.push(key);
        if words.next_if_eq(&"+").is_none() {
            return Ok(keys);
        }
    }
}

fn key(words: &mut Words<'_>) -> Result<RateLimitKey, RateLimitMistake> {
    let Some(kind) = words.next() else {
        let help = "write whose requests are counted together: `by ip`";
        return Err(RateLimitMistake::new("a key is missing", help));
    };
    let mut named = |kind: &str, example: &str| {
        let missing = || {
            let help = format!("write it after a blank: `by {kind} {example}`");
            RateLimitMistake::new(format!("`{kind}` has no name"), help)
        };
        words.next().ok_or_else(missing)
    };
    Ok(match kind {
        "ip" => RateLimitKey::Ip,
        "session" => RateLimitKey::Session,
        "user" => RateLimitKey::User,
        "header" => header(named("header", "x-api-key")?)?,
        "cookie" => cookie(named("cookie", "visitor")?)?,
        "fn" => function(named("fn", "crate::keys::tenant")?)?,
        other => return Err(unknown("key of a rate limit", other, &KEYS)),
    })
}

/// What stands after `named`.
fn name(word: Option<&str>) -> Result<String, RateLimitMistake> {
    let is_fit = |name: &&str| {
        name.len() <= LONGEST_NAME
            && name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\')
    };
    match word.filter(is_fit) {
        Some(name) => Ok(name.to_owned()),
        None => Err(RateLimitMistake::new(
            "a rate limit has a name that header fields cannot have",
            "write one word of at most 64 letters, digits and signs of ASCII: `named per-user`",
        )),
    }
}

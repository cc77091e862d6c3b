//! Queries: their pairs, and the merge of the request's with the destination's.

use std::borrow::Cow;

use percent_encoding::percent_decode;

use super::encode;

/// The pairs as written: name, and value when there is a `=`.
pub(super) fn pairs(query: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| match pair.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (pair, None),
    })
}

/// A name or a value as a form has it: `+` is a space, an escape its octet.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains(['%', '+']) {
        return Cow::Borrowed(text);
    }
    let spaced = text.replace('+', " ");
    let decoded = percent_decode(spaced.as_bytes()).decode_utf8_lossy().into_owned();
    Cow::Owned(decoded)
}

/// A pair that a destination adds: the decoded name, and the whole as it is sent.
#[derive(Debug)]
pub(super) struct Added<'a> {
    pub(super) name: &'a str,
    pub(super) written: String,
}

/// The request's pairs in their order, each replaced where the destination has one of that name, and what is new
/// at the end (DC-05). What stays of the request stays as it was sent (RW-33).
pub(super) fn merged(received: Option<&str>, added: &[Added<'_>]) -> Option<String> {
    let received = received.unwrap_or("");
    let mut out = String::with_capacity(received.len());
    if added.is_empty() {
        encode::received_query(received, &mut out);
        return (!out.is_empty()).then_some(out);
    }
    let mut written = vec![false; added.len()];
    for pair in received.split('&').filter(|pair| !pair.is_empty()) {
        let name = decoded(pair.split('=').next().unwrap_or(pair));
        let mut replaced = false;
        for (add, written) in added.iter().zip(&mut written).filter(|(add, _)| add.name == name) {
            replaced = true;
            if !std::mem::replace(written, true) {
                separate(&mut out);
                out.push_str(&add.written);
            }
        }
        if !replaced {
            separate(&mut out);
            encode::received_query(pair, &mut out);
        }
    }
    for (add, _) in added.iter().zip(written).filter(|(_, written)| !written) {
        separate(&mut out);
        out.push_str(&add.written);
    }
    (!out.is_empty()).then_some(out)
}

fn separate(out: &mut String) {
    if !out.is_empty() {
        out.push('&');
    }
}

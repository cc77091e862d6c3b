use std::time::Duration;

use axum::extract::Request;
use http::Method;

use super::{Explanation, Stage};
use crate::{
    cache::{Revalidate, Tag, Vary},
    cors::Cors,
    policy::{OwnPolicy, RoutePolicies, Voice},
    routing::Route,
};

/// Says which policies hold for a path of a route, and for a handler that says so much itself.
pub(crate) fn policies(
    route: &'static Route,
    policies: &RoutePolicies,
    own: Option<&OwnPolicy>,
    request: &Request,
    explanation: &mut Explanation,
) {
    let place = |voice| match voice {
        Voice::Server(place) | Voice::Rule(place) => place.to_owned(),
        Voice::Attribute => route.file().to_owned(),
    };
    let mut rules = Vec::new();
    let decided = policies.decide(request.uri().path(), own, |rule| rules.push(rule));
    let decided = match decided {
        Ok(decided) => decided,
        Err(error) => return explanation.add(Stage::Rule, error.to_string(), None),
    };
    for rule in rules {
        let text = format!("`{}` is for it", rule.source.text);
        explanation.add(Stage::Rule, text, Some(rule.place.to_owned()));
    }
    let (timeout, voice) = decided.timeout.unzip();
    explanation.add(Stage::Timeout, shown_duration(timeout.flatten()), voice.map(place));
    let (limit, voice) = decided.body_limit.unzip();
    explanation.add(Stage::BodyLimit, shown_limit(limit), voice.map(place));
    if let Some((limits, voice)) = decided.rate_limit {
        let shown = limits.iter().map(|limit| limit.to_string()).collect::<Vec<_>>();
        let text = if shown.is_empty() { "none".to_owned() } else { shown.join(", ") };
        explanation.add(Stage::RateLimit, text, Some(place(voice)));
    }
    if let Some((concurrency, voice)) = decided.concurrency {
        let text = concurrency.map_or_else(|| "none".to_owned(), |it| format!("{it} at a time"));
        explanation.add(Stage::Concurrency, text, Some(place(voice)));
    }
    if let Some((cors, voice)) = decided.cors {
        let text = cors.map_or_else(|| "none".to_owned(), Cors::to_string);
        explanation.add(Stage::Cors, text, Some(place(voice)));
    }
    if let Some((csrf, voice)) = decided.csrf {
        explanation.add(Stage::Csrf, csrf.to_string(), Some(place(voice)));
    }
    for (name, voice) in decided.require {
        explanation.add(Stage::Requirement, format!("`{name}`"), Some(place(voice)));
    }
    let is_get = matches!(*request.method(), Method::GET | Method::HEAD);
    if let Some((revalidate, voice)) = decided.revalidate.filter(|_| is_get) {
        let text = shown_cache(revalidate, &decided.tags, &decided.vary);
        explanation.add(Stage::Cache, text, Some(place(voice)));
    }
    for header in decided.headers {
        let text = format!("{}: {}, where the response has none", header.name, header.value);
        explanation.add(Stage::PolicyHeader, text, Some(header.place.to_owned()));
    }
}

/// `kept for 60s; tags posts, post:{id}; varies by accept-language`.
fn shown_cache(revalidate: Revalidate, tags: &[&Tag], vary: &[&Vary]) -> String {
    let mut text = match revalidate {
        Revalidate::NotStored => return "the answer is not kept".to_owned(),
        Revalidate::Every(period) => format!("kept for {}s", period.as_secs()),
        Revalidate::Never => "kept until it is revalidated".to_owned(),
    };
    let tags: Vec<&str> = tags.iter().map(|tag| tag.text).collect();
    if !tags.is_empty() {
        text += &format!("; tags {}", tags.join(", "));
    }
    let vary: Vec<String> = vary.iter().map(|vary| vary.to_string()).collect();
    if !vary.is_empty() {
        text += &format!("; varies by {}", vary.join(", "));
    }
    text
}

fn shown_duration(timeout: Option<Duration>) -> String {
    timeout.map_or_else(|| "none".to_owned(), |timeout| format!("{timeout:?}"))
}

fn shown_limit(limit: Option<Option<u64>>) -> String {
    match limit {
        // axum's, which the extractors keep to.
        None => "2 MiB for extractors, none for streams".to_owned(),
        Some(None) => "none".to_owned(),
        Some(Some(bytes)) => {
            let unit = |shift: u32, unit: &str| {
                let whole = bytes >> shift;
                (whole > 0 && whole << shift == bytes).then(|| format!("{whole} {unit}"))
            };
            unit(30, "GiB")
                .or_else(|| unit(20, "MiB"))
                .or_else(|| unit(10, "KiB"))
                .unwrap_or_else(|| format!("{bytes} bytes"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_told_with_its_names() {
        let tag = |text| Tag { text, pieces: &[], place: "" };
        for (revalidate, tags, vary, expected) in [
            (Revalidate::NotStored, &[&tag("a")][..], &[][..], "the answer is not kept"),
            (Revalidate::every(300), &[], &[], "kept for 300s"),
            (
                Revalidate::Never,
                &[&tag("posts"), &tag("post:{id}")],
                &[&Vary::Header("accept-language"), &Vary::Cookie("theme")],
                "kept until it is revalidated; tags posts, post:{id}; varies by accept-language, cookie:theme",
            ),
        ] {
            assert_eq!(shown_cache(revalidate, tags, vary), expected);
        }
    }

    #[test]
    fn limits_are_shown_in_the_largest_unit_that_fits() {
        for (limit, expected) in [
            (None, "2 MiB for extractors, none for streams"),
            (Some(None), "none"),
            (Some(Some(0)), "0 bytes"),
            (Some(Some(1000)), "1000 bytes"),
            (Some(Some(65_536)), "64 KiB"),
            (Some(Some(1 << 20)), "1 MiB"),
            (Some(Some(3 << 30)), "3 GiB"),
        ] {
            assert_eq!(shown_limit(limit), expected);
        }
        assert_eq!(shown_duration(Some(Duration::from_millis(1500))), "1.5s");
        assert_eq!(shown_duration(None), "none");
    }
}

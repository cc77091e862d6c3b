use std::time::Duration;

use super::{Explanation, Stage};
use crate::{
    cors::Cors,
    policy::{OwnPolicy, RoutePolicies, Voice},
    routing::Route,
};

/// Says which policies hold for a path of a route, and for a handler that says so much itself.
pub(crate) fn policies(
    route: &'static Route,
    policies: &RoutePolicies,
    own: Option<&OwnPolicy>,
    path: &str,
    explanation: &mut Explanation,
) {
    let place = |voice| match voice {
        Voice::Server(place) | Voice::Rule(place) => place.to_owned(),
        Voice::Attribute => route.file().to_owned(),
    };
    let mut rules = Vec::new();
    let decided = policies.decide(path, own, |rule| rules.push(rule));
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
    for header in decided.headers {
        let text = format!("{}: {}, where the response has none", header.name, header.value);
        explanation.add(Stage::PolicyHeader, text, Some(header.place.to_owned()));
    }
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

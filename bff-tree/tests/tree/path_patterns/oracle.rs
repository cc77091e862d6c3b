//! What `tests/oracle/generate.mjs` has recorded of path-to-regexp 6.3.0, replayed.

use bff_tree::path_pattern::{Dialect, PathPattern};
use serde_json::Value;

use super::support::Compiled;

const RECORD: &str = include_str!("../../oracle/path_to_regexp.jsonl");

#[test]
fn pp_01_to_pp_12_mt_10_patterns_do_what_path_to_regexp_does() {
    let (mut pairs, mut matches, mut refused) = (0, 0, 0);
    for line in RECORD.lines() {
        let record: Value = serde_json::from_str(line).expect(line);
        let text = record["p"].as_str().expect(line);
        let dialect = match record["d"].as_str() {
            Some("m") => Dialect::MATCHER,
            Some("c") => Dialect::CONFIG,
            _ => Dialect::CONFIG.ignoring_case(),
        };
        let Some(results) = record["r"].as_array() else {
            assert!(
                PathPattern::parse(text, dialect).is_err(),
                "{text} is refused there: {record}"
            );
            refused += 1;
            continue;
        };
        let compiled = Compiled::new(text, dialect);
        for result in results {
            let path = result[0].as_str().expect(line);
            let expected = result[1].as_array().map(|captures| {
                captures
                    .iter()
                    .zip(compiled.pattern().params())
                    .map(|(capture, param)| match capture {
                        Value::Null => None,
                        Value::String(text) if text.is_empty() && param.optional => None,
                        Value::Array(items)
                            if param.optional && items.len() == 1 && items[0] == "" =>
                        {
                            None
                        }
                        Value::Array(items) => Some(
                            items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
                        ),
                        text => Some(vec![text.as_str().unwrap_or_default().to_owned()]),
                    })
                    .collect()
            });
            assert_eq!(compiled.captures(path), expected, "{text} ({dialect:?}) on {path}");
            pairs += 1;
            matches += usize::from(expected.is_some());
        }
    }
    assert!(pairs > 6000 && matches > 2500 && refused > 300, "{pairs}, {matches}, {refused}");
}

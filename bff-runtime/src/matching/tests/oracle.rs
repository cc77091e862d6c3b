//! What path-to-regexp 6.3.0 does, recorded by `bff-tree/tests/oracle/generate.mjs`, by way of every shape.

use bff_tree::path_pattern::{Dialect, PathPattern, Shape};
use serde_json::Value;

use super::support::{compiled, source_of};

const RECORD: &str = include_str!("../../../../bff-tree/tests/oracle/path_to_regexp.jsonl");

#[test]
fn pp_08_mt_11_every_shape_matches_and_captures_what_path_to_regexp_does() {
    let mut shapes = [0; 4];
    for line in RECORD.lines() {
        let record: Value = serde_json::from_str(line).expect(line);
        let Some(results) = record["r"].as_array() else { continue };
        let text = record["p"].as_str().expect(line);
        let dialect = match record["d"].as_str() {
            Some("m") => Dialect::MATCHER,
            Some("c") => Dialect::CONFIG,
            _ => Dialect::CONFIG.ignoring_case(),
        };
        let pattern = PathPattern::parse(text, dialect).expect(text);
        shapes[match pattern.shape() {
            Shape::Literal(_) => 0,
            Shape::Segments(_) => 1,
            Shape::Regex { .. } => 2,
            Shape::Backtracking(_) => 3,
        }] += results.len();
        let matcher = compiled(source_of(&pattern));
        for result in results {
            let path = result[0].as_str().expect(line);
            let found = matcher.captures(path).expect("few steps");
            assert_eq!(found.is_some(), result[1].is_array(), "{text} on {path}");
            assert_eq!(matcher.is_match(path), Ok(found.is_some()), "{text} on {path}");
            let (Some(found), Some(groups)) = (found, result[1].as_array()) else { continue };
            for (param, group) in pattern.params().iter().zip(groups) {
                let Some(name) = &param.name else { continue };
                let joined = match group {
                    Value::Array(items) => {
                        let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                        Some(items.join(param.separator.as_deref().unwrap_or("")))
                    }
                    group => group.as_str().map(str::to_owned),
                };
                let expected = joined.filter(|text| !text.is_empty());
                assert_eq!(found.text(name), expected.as_deref(), "{text} on {path}: {name}");
            }
        }
    }
    assert!(shapes.iter().all(|&count| count > 200), "{shapes:?}");
}

//! Every code is explained, in `docs/diagnostics.md`.

use bff_tree::Code;

const PAGE: &str = include_str!("../../../docs/diagnostics.md");

#[test]
fn every_code_has_a_section_and_every_section_a_code() {
    let sections: Vec<&str> = PAGE
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .map(|heading| heading.split(' ').next().unwrap_or(heading))
        .collect();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(sections, codes);
}

#[test]
fn every_section_is_short_and_says_what_to_do() {
    for section in PAGE.split("\n## ").skip(1) {
        let (heading, text) = section.split_once('\n').unwrap_or((section, ""));
        let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
        assert!((4..=12).contains(&lines), "{heading}: {lines} lines");
        assert!(text.contains("**What to do.**"), "{heading}");
        assert!(text.contains("```"), "{heading} has no example");
    }
}

#[test]
fn codes_are_sorted_and_of_one_form() {
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert!(codes.is_sorted());
    assert!(codes.iter().all(|code| code.len() == 7 && code.starts_with("BFF")));
}

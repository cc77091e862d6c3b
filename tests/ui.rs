//! What users read when they make a mistake: one case for each, its `main.stderr` reviewed as text.
//!
//! `TRYBUILD=overwrite cargo test -p bff-tests --test ui` writes the texts anew.

#[test]
fn every_mistake_is_explained() {
    trybuild::TestCases::new().compile_fail("ui/*/*/main.rs");
}

use crate::env::{self, Mode};

#[test]
fn a_variable_of_the_process_is_found() {
    assert_eq!(env::var("CARGO_PKG_VERSION").unwrap(), env!("CARGO_PKG_VERSION"));
    assert_eq!(env::var_opt("CARGO_PKG_VERSION").unwrap(), env!("CARGO_PKG_VERSION"));
}

#[test]
fn a_missing_variable_is_named() {
    let error = env::var("BFF_NOT_THERE").unwrap_err();
    assert!(error.is_missing() && !error.is_malformed() && !error.is_not_unicode());
    assert_eq!(error.name(), "BFF_NOT_THERE");
    assert_eq!(env::var_opt("BFF_NOT_THERE"), None);
    assert_eq!(env::parse::<u16>("BFF_NOT_THERE"), Ok(None));
}

#[test]
fn a_malformed_variable_is_named_without_its_value() {
    let error = env::parse::<u16>("CARGO_PKG_NAME").unwrap_err();
    assert!(error.is_malformed());
    assert_eq!(error.to_string(), "environment variable `CARGO_PKG_NAME` cannot be read as `u16`");
}

#[test]
fn a_name_that_cannot_be_one_is_missing() {
    for name in ["", "A=B", "A\0B"] {
        assert!(env::var(name).unwrap_err().is_missing());
    }
}

#[test]
fn modes_are_found_by_their_exact_names() {
    for mode in [Mode::Development, Mode::Production, Mode::Test] {
        assert_eq!(Mode::from_name(mode.as_str()), Some(mode));
        assert_eq!(mode.to_string(), mode.as_str());
    }
    for name in ["", "prod", "Production", "staging"] {
        assert_eq!(Mode::from_name(name), None);
    }
}

#[test]
fn security_24_a_secret_is_there_and_not_empty_or_named() {
    let name = env::secret("CARGO_PKG_NAME").unwrap();
    assert_eq!(name.expose(), env!("CARGO_PKG_NAME"));
    assert_eq!(format!("{name:?}"), "Secret([redacted])");
    assert!(env::secret("BFF_NOT_THERE").unwrap_err().is_missing());
    // Cargo sets it, and the package has none.
    let error = env::secret("CARGO_PKG_HOMEPAGE").unwrap_err();
    assert!(error.is_empty() && !error.is_missing());
    assert_eq!(error.to_string(), "environment variable `CARGO_PKG_HOMEPAGE` is empty");
}

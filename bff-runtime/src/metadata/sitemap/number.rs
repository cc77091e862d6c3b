/// A number of a range, written as a decimal without an exponent; `None` for what is no number (MDS-04). One that is
/// outside becomes the nearest inside.
pub(super) fn decimal(number: f64, largest: f64) -> Option<String> {
    // The sum turns -0 into 0.
    (!number.is_nan()).then(|| (number.clamp(0.0, largest) + 0.0).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mds_04_numbers_are_decimals_of_their_range() {
        for (number, expected) in [
            (0.0, Some("0")),
            (-0.0, Some("0")),
            (0.8, Some("0.8")),
            (0.25, Some("0.25")),
            (1.0, Some("1")),
            (1e-7, Some("0.0000001")),
            (1.5, Some("1")),
            (-3.0, Some("0")),
            (f64::INFINITY, Some("1")),
            (f64::NAN, None),
        ] {
            assert_eq!(decimal(number, 1.0).as_deref(), expected);
        }
    }
}

//! The figure that is reported of several runs.

use std::time::Duration;

/// The middle one, or the mean of the two in the middle; zero when there is none.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    let middle = times.len() / 2;
    match (times.len() % 2, times.get(middle)) {
        (_, None) => Duration::ZERO,
        (0, Some(upper)) => (times[middle - 1] + *upper) / 2,
        (_, Some(middle)) => *middle,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle_whatever_the_order() {
        let of = |times: &[u64]| median(times.iter().copied().map(Duration::from_secs).collect());
        assert_eq!(of(&[]), Duration::ZERO);
        assert_eq!(of(&[9, 1, 2]), Duration::from_secs(2));
        assert_eq!(of(&[4, 1, 2, 100]), Duration::from_secs(3));
    }
}

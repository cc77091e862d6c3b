use std::time::Duration;

use super::support::{fixed, passes, request};
use crate::rate_limit::{Limiters, RateLimit};

/// A request from each of so many addresses.
fn from_each(limiters: &Limiters, number: u32) {
    let limiter = limiters.limiter(&[fixed(RateLimit::new("a", 1, 60))]).unwrap();
    for address in 0..number {
        assert!(passes(&limiter, request(&std::net::Ipv4Addr::from(address).to_string(), &[])));
    }
}

#[tokio::test(start_paused = true)]
async fn security_50_what_nobody_needs_is_given_back_without_a_further_request() {
    let limiters = Limiters::in_memory();
    from_each(&limiters, 100_000);
    let peak = limiters.common().table().bytes();
    assert!(peak >= 100_000 * 16, "{peak}");
    tokio::time::sleep(Duration::from_secs(50)).await;
    assert_eq!(limiters.common().table().bytes(), peak);
    tokio::time::sleep(Duration::from_secs(70)).await;
    let left = limiters.common().table().bytes();
    assert!(left <= peak / 10, "{left} of {peak}");
}

#[test]
fn security_50_without_a_runtime_there_is_a_bound_all_the_same() {
    let limiters = Limiters::in_memory();
    from_each(&limiters, 20_000);
    let table = limiters.common().table();
    assert!((20_000 * 16..4 * 1024 * 1024).contains(&table.bytes()));
    table.sweep_all(u64::MAX);
    assert_eq!(table.bytes(), 0);
}

#[test]
fn security_50_a_table_is_bounded() {
    let table = crate::rate_limit::Table::with_most_bytes(256 * 1024);
    for hash in 0..200_000_u64 {
        let hash = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let taken = table.update(hash, 1, |_| Ok::<_, ()>(((), 1_000_000 + hash)));
        assert!(taken.is_ok() && table.bytes() <= 256 * 1024);
    }
}

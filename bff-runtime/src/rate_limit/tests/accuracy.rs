use super::support::{allowed, any, check, fixed, limiter, limiters, millis, passes};
use crate::rate_limit::{RateLimit, Verdict};

#[test]
fn security_48_twice_the_rate_for_a_minute_is_allowed_as_often_as_it_says() {
    let (limiter, clock) = limiter(&[RateLimit::new("a", 100, 1).burst(50)]);
    let mut allowed = 0;
    for _ in 0..60 * 200 {
        allowed += usize::from(passes(&limiter, any()));
        clock.advance(millis(5));
    }
    assert!((5_940..=6_060).contains(&allowed), "{allowed} of 6000");
}

#[test]
fn security_48_a_bucket_holds_its_burst_and_then_gives_the_rate() {
    for (count, seconds, burst, cost) in [
        (10, 60, 10, 1),
        (100, 1, 200, 1),
        (7, 1, 7, 1),
        (600, 300, 1, 1),
        (1_000, 86_400, 20, 1),
        (10, 60, 10, 5),
        (3, 1, 10, 4),
        (1_000_000, 1, 5, 1),
    ] {
        let limit = RateLimit::new("a", count, seconds).burst(burst).cost(cost);
        let (limiter, clock) = limiter(&[limit]);
        let what = format!("{count}/{seconds}s burst {burst} cost {cost}");
        assert_eq!(allowed(&limiter, 300), (burst / cost) as usize, "{what}");
        // What was left below the cost of one request counts as well.
        let mut passed = f64::from(burst / cost);
        let length = millis(u64::from(seconds) * 1000 * 100 / u64::from(count));
        for _ in 0..1000 {
            clock.advance(length / 100);
            while passes(&limiter, any()) {
                passed += 1.0;
            }
        }
        let expected = (f64::from(burst) + 1000.0) / f64::from(cost);
        let expected = if length.is_zero() { f64::from(burst) } else { expected };
        assert!((passed - expected).abs() <= expected * 0.01, "{what}: {passed} of {expected}");
    }
}

#[test]
fn a_request_that_one_limit_refuses_is_not_counted_by_the_others() {
    let (limiters, clock) = limiters();
    let wide = fixed(RateLimit::new("a", 10, 1));
    let narrow = fixed(RateLimit::new("b", 3, 60));
    let dry_run = fixed(RateLimit::new("c", 100, 60).dry_run());
    let both = limiters.limiter(&[wide, dry_run, narrow]).unwrap();
    assert_eq!(allowed(&both, 100), 3);
    // Three of ten are gone, and not a hundred.
    assert_eq!(allowed(&limiters.limiter(&[wide]).unwrap(), 100), 7);
    clock.advance(millis(20_000));
    assert_eq!(allowed(&both, 100), 1);
}

#[test]
fn a_rule_over_many_routes_is_one_quota_and_each_attribute_has_its_own() {
    let (limiters, _) = limiters();
    let rule = fixed(RateLimit::new("bff.toml:3", 10, 60));
    let [one, other] = ["app/a#get", "app/b#get"].map(|scope| fixed(RateLimit::new(scope, 4, 60)));
    let of = |limits: &[&'static RateLimit]| limiters.limiter(limits).unwrap();
    assert_eq!(allowed(&of(&[rule, one]), 100), 4);
    assert_eq!(allowed(&of(&[rule, other]), 100), 4);
    assert_eq!(allowed(&of(&[rule]), 100), 2);
    // The same text once more is the same limit, wherever the compiler puts it.
    let copy = fixed(RateLimit::new("bff.toml:3", 10, 60));
    assert_eq!(allowed(&of(&[copy]), 100), 0);
    assert!(limiters.limiter(&[]).is_none());
}

#[test]
fn a_dry_run_refuses_nothing() {
    let (limiter, _) = limiter(&[RateLimit::new("a", 1, 60).dry_run()]);
    assert_eq!(allowed(&limiter, 100), 100);
    assert!(matches!(check(&limiter, any()), Verdict::Allowed(_)));
}

#[test]
fn many_threads_share_exactly_one_quota() {
    let limits = [RateLimit::new("a", 1_000, 60), RateLimit::new("b", 777, 60).burst(777)];
    let (limiter, _) = limiter(&limits);
    let threads = || (0..8).map(|_| || allowed(&limiter, 500));
    let total: usize = std::thread::scope(|scope| {
        let running: Vec<_> = threads().map(|thread| scope.spawn(thread)).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(total, 777);
}

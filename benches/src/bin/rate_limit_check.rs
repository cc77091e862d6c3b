//! What a check of a rate limit in memory costs.
//!
//! `rate_limit_check` measures checks of a client that is known, and fails when one allocates. The bar is 300 ns for a
//! limit by address; the time is printed and not held to it, as it is that of the machine.
//! `rate_limit_check check <n> [one|two|header]` makes so many, for callgrind.
//! `rate_limit_check memory [keys]` sees so many clients within one window, 10 million unless it says so: fails above
//! 64 MiB, or when less than nine tenths are given back two windows later.

use std::{
    env, fs,
    net::{Ipv4Addr, SocketAddr},
    process::ExitCode,
    time::{Duration, Instant},
};

use bff::{
    Request,
    axum::{body::Body, extract::ConnectInfo},
    rate_limit::{Key, Limiter, Limiters, RateLimit, Verdict},
};
use bff_benches::{counting::Counting, median::median};

#[global_allocator]
static ALLOCATOR: Counting = Counting::new();

const MOST_KIB: usize = 64 * 1024;
const WINDOW: u32 = 10;

/// Never reached, so that all checks are alike.
static BY_ADDRESS: RateLimit = RateLimit::new("address", 1_000_000, 1).burst(u32::MAX);
static BY_KEY: RateLimit =
    RateLimit::new("key", 1_000_000, 1).burst(u32::MAX).by(&[Key::Header("x-api-key"), Key::Ip]);
static OF_EACH: RateLimit = RateLimit::new("each", 1, WINDOW);

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(|arg| &**arg).collect();
    let outcome = match args[..] {
        [] => measure(),
        ["check", number, kind] => number.parse().map_err(|_| usage()).and_then(|number| {
            let (limiter, mut request) = subject(kind)?;
            checks(&limiter, &mut request, number);
            Ok(())
        }),
        ["memory"] => memory(10_000_000),
        ["memory", keys] => keys.parse().map_err(|_| usage()).and_then(memory),
        _ => Err(usage()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> String {
    "usage: rate_limit_check [check <n> <one|two|header> | memory [keys]]".to_owned()
}

fn subject(kind: &str) -> Result<(Limiter, Request), String> {
    let limits: &[&'static RateLimit] = match kind {
        "one" => &[&BY_ADDRESS],
        "two" => &[&BY_ADDRESS, &BY_KEY],
        "header" => &[&BY_KEY],
        _ => return Err(usage()),
    };
    let request = Request::get("/").header("x-api-key", "0123456789abcdef0123456789abcdef");
    let mut request = request.body(Body::empty()).map_err(|error| error.to_string())?;
    from(&mut request, 7);
    Ok((Limiters::in_memory().limiter(limits).ok_or("no limits")?, request))
}

fn from(request: &mut Request, address: u32) {
    let address = SocketAddr::from((Ipv4Addr::from(address), 80));
    request.extensions_mut().insert(ConnectInfo(address));
}

fn checks(limiter: &Limiter, request: &mut Request, number: usize) {
    for _ in 0..number {
        let verdict = limiter.check(request);
        assert!(matches!(verdict, Some(Verdict::Allowed(_))), "the limit is not reached");
    }
}

fn measure() -> Result<(), String> {
    const NUMBER: usize = 200_000;
    let mut failed = false;
    for kind in ["one", "header", "two"] {
        let (limiter, mut request) = subject(kind)?;
        checks(&limiter, &mut request, NUMBER);
        let before = ALLOCATOR.so_far().0;
        let times = [(); 9].map(|()| {
            let begun = Instant::now();
            checks(&limiter, &mut request, NUMBER);
            begun.elapsed()
        });
        let allocations = ALLOCATOR.so_far().0 - before;
        let nanos = median(times.to_vec()).as_nanos() / NUMBER as u128;
        println!("{kind}: {nanos} ns a check, {allocations} allocations in {} checks", 9 * NUMBER);
        failed |= allocations > 0;
    }
    if failed { Err("a check allocates".to_owned()) } else { Ok(()) }
}

fn memory(keys: u32) -> Result<(), String> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_time().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let _inside = runtime.enter();
    let limiter = Limiters::in_memory().limiter(&[&OF_EACH]).ok_or("no limits")?;
    let (_, mut request) = subject("one")?;
    let before = kib("VmRSS:")?;
    let begun = Instant::now();
    for key in 0..keys {
        from(&mut request, key);
        if !matches!(limiter.check(&mut request), Some(Verdict::Allowed(_))) {
            return Err("a client that was not there before is refused".to_owned());
        }
    }
    let took = begun.elapsed();
    let peak = kib("VmHWM:")?.saturating_sub(before);
    std::thread::sleep(2 * Duration::from_secs(WINDOW.into()) + Duration::from_secs(1));
    let left = kib("VmRSS:")?.saturating_sub(before);
    println!(
        "{keys} clients in {:.1} s: {:.1} MiB at most, {:.1} MiB two windows of {WINDOW} s later",
        took.as_secs_f64(),
        peak as f64 / 1024.0,
        left as f64 / 1024.0,
    );
    if peak > MOST_KIB {
        return Err("more than 64 MiB".to_owned());
    }
    if left * 10 > peak { Err("less than nine tenths are given back".to_owned()) } else { Ok(()) }
}

/// What the kernel says of this process.
fn kib(name: &str) -> Result<usize, String> {
    let status = fs::read_to_string("/proc/self/status").map_err(|error| error.to_string())?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.split_ascii_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .ok_or_else(|| format!("the kernel tells no {name}"))
}

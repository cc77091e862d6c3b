//! `json [rounds]`: how long axum's `Json` takes to make a response, in times of ours; both make the same bytes.
//! Rounds alternate between the two, and the middle ratio is printed, so that a busy machine slows both.
//!
//! `json <axum|bff> <large|small> <n>` makes n responses of one kind, for callgrind to count.

use std::{
    env,
    hint::black_box,
    process::ExitCode,
    time::{Duration, Instant},
};

use axum::response::{IntoResponse, Response};
use bff_benches::median::median;
use http_body::Body;
use serde::Serialize;

#[derive(Clone, Serialize)]
struct Item {
    id: u32,
    name: String,
    tags: [&'static str; 2],
    price: f64,
    stock: Option<u32>,
}

/// So many items; one is an object, as most answers are, 700 are an array of 64 KiB.
fn items(count: u32) -> Vec<Item> {
    let item = |id| Item {
        id,
        name: format!("item number {id} \"of\" many"),
        tags: ["rust", "http"],
        price: f64::from(id) * 1.25,
        stock: (id % 3 > 0).then_some(id % 90),
    };
    (0..count).map(item).collect()
}

fn axum(items: &[Item]) -> Response {
    match items {
        [item] => axum::Json(item).into_response(),
        items => axum::Json(items).into_response(),
    }
}

fn bff(items: &[Item]) -> Response {
    match items {
        [item] => bff::Json(item).into_response(),
        items => bff::Json(items).into_response(),
    }
}

fn time(make: fn(&[Item]) -> Response, items: &[Item], times: u32) -> Duration {
    let start = Instant::now();
    for _ in 0..times {
        drop(black_box(make(black_box(items))));
    }
    start.elapsed()
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let size = |size| if size == "large" { LARGE } else { 1 };
    match &*arguments {
        ["axum", kind, n] => drop(time(axum, &items(size(*kind)), n.parse().unwrap_or(1000))),
        ["bff", kind, n] => drop(time(bff, &items(size(*kind)), n.parse().unwrap_or(1000))),
        [] => compare(101),
        [rounds] if rounds.parse::<usize>().is_ok() => compare(rounds.parse().unwrap_or(101)),
        _ => {
            eprintln!("json [rounds] | json <axum|bff> <large|small> <n>");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

const LARGE: u32 = 700;

fn compare(rounds: usize) {
    for (name, count, times) in [("small", 1, 20_000), ("large", LARGE, 100)] {
        let items = items(count);
        let length = bff(&items).body().size_hint().exact().unwrap_or_default();
        time(axum, &items, times);
        time(bff, &items, times);
        let ratio = |_| {
            let ours = time(bff, &items, times);
            let theirs = time(axum, &items, times);
            // As a duration, for the median: a ratio of 1 is a second.
            Duration::from_secs_f64(theirs.as_secs_f64() / ours.as_secs_f64())
        };
        let ratio = median((0..rounds).map(ratio).collect()).as_secs_f64();
        println!("{name:>5} {length:>6} bytes: axum takes {ratio:.2} times as long");
    }
}

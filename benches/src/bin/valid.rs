//! `valid [rounds]`: what `Valid<Json<T>>` costs beyond parsing and the rules of garde, which a handler could run by hand.
//! It fails when it allocates anything of its own; the middle times of both are printed.
//!
//! `valid <by-hand|valid> <n>` does one of them n times, for callgrind to count.

use std::{
    env,
    future::Future,
    hint::black_box,
    pin::pin,
    process::ExitCode,
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request},
};
use bff::{Json, Valid};
use bff_benches::{counting::Counting, median::median};
use garde::Validate;
use serde::Deserialize;

#[global_allocator]
static ALLOCATOR: Counting = Counting::new();

#[derive(Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
struct SignUp {
    #[garde(length(chars, min = 2, max = 40))]
    display_name: String,
    #[garde(email)]
    email: String,
    #[garde(range(min = 18, max = 150))]
    age: u8,
    #[garde(length(max = 100), inner(length(min = 1, max = 20)))]
    tags: Vec<String>,
}

const BODY: &[u8] =
    br#"{"displayName":"Ada Lovelace","email":"ada@example.com","age":36,"tags":["a","b","c"]}"#;

fn request(body: &'static [u8]) -> Request {
    let request = Request::post("/").header("content-type", "application/json");
    request.body(Body::from(Bytes::from_static(body))).expect("the parts are right")
}

/// A body that is there already is read without waiting.
fn ready<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a body in memory was waited for"),
    }
}

fn by_hand() {
    let extracted = Json::<SignUp>::from_request(request(BODY), &());
    let Ok(Json(person)) = ready(extracted) else { panic!("the body was refused") };
    assert!(person.validate().is_ok());
    black_box(person);
}

fn valid() {
    let extracted = Valid::<Json<SignUp>>::from_request(request(BODY), &());
    let Ok(Valid(Json(person))) = ready(extracted) else { panic!("the body was refused") };
    black_box(person);
}

/// Requests in a round.
const TIMES: u32 = 2000;

fn repeat(work: fn(), times: u32) {
    for _ in 0..times {
        work();
    }
}

fn time(work: fn(), times: u32) -> Duration {
    let start = Instant::now();
    repeat(work, times);
    start.elapsed()
}

fn allocations(work: fn(), times: u32) -> (usize, usize) {
    // The first one pays for what is set up once.
    work();
    let before = ALLOCATOR.so_far();
    repeat(work, times);
    let after = ALLOCATOR.so_far();
    ((after.0 - before.0) / times as usize, (after.1 - before.1) / times as usize)
}

fn compare(rounds: usize) -> ExitCode {
    let (by_hand_allocates, valid_allocates) =
        (allocations(by_hand, 1000), allocations(valid, 1000));
    println!(
        "by hand: {by_hand_allocates:?} allocations and bytes a request, Valid: {valid_allocates:?}"
    );
    // They take turns, so that a busy machine slows both.
    let rounds = (0..rounds).map(|_| (time(by_hand, TIMES), time(valid, TIMES)));
    let (by_hand, valid): (Vec<_>, Vec<_>) = rounds.unzip();
    let (by_hand, valid) = (median(by_hand), median(valid));
    println!("by hand: {:?} a request, Valid: {:?}", by_hand / TIMES, valid / TIMES);
    if valid_allocates == by_hand_allocates { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match &*arguments {
        [] => return compare(101),
        [rounds] if rounds.parse::<usize>().is_ok() => {
            return compare(rounds.parse().unwrap_or(101));
        }
        ["by-hand", n] => repeat(by_hand, n.parse().unwrap_or(1000)),
        ["valid", n] => repeat(valid, n.parse().unwrap_or(1000)),
        _ => {
            eprintln!("valid [rounds] | valid <by-hand|valid> <n>");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

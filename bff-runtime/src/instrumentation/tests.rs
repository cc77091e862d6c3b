use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{Router, response::IntoResponse, routing::get};
use http::{Request, StatusCode};
use tokio::sync::Notify;
use tower::ServiceExt as _;

use super::*;
use crate::{
    error::{Error, Result},
    observe::Observing,
    policy::Admission,
    routing::{ResponseFuture, Route},
};

#[tokio::test]
async fn in_01_rh_420_whoever_asks_at_the_same_time_waits_for_one_run() {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    static APP: Instrumentation = Instrumentation::new(
        "instrumentation.rs",
        &[|| {
            Box::pin(async {
                tokio::task::yield_now().await;
                RUNS.fetch_add(1, Ordering::SeqCst);
                Ok(())
            })
        }],
        &[],
    );
    let (one, other) = tokio::join!(APP.register(), APP.register());
    assert!(one.is_ok() && other.is_ok());
    assert_eq!(RUNS.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn in_01_a_run_that_failed_is_made_up_for() {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    static APP: Instrumentation = Instrumentation::new(
        "instrumentation.rs",
        &[|| {
            Box::pin(async {
                if RUNS.fetch_add(1, Ordering::SeqCst) == 0 {
                    Err(Error::msg("away"))
                } else {
                    Ok(())
                }
            })
        }],
        &[],
    );
    assert_eq!(APP.register().await.unwrap_err().to_string(), "away");
    for _ in 0..2 {
        assert!(APP.register().await.is_ok());
    }
    assert_eq!(RUNS.load(Ordering::SeqCst), 2);
}

#[test]
fn a_server_runs_what_was_built_for_its_runtime() {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    static APP: Instrumentation = Instrumentation::new(
        "instrumentation.rs",
        &[|| {
            RUNS.fetch_add(1, Ordering::SeqCst);
            Box::pin(async { Ok(()) })
        }],
        &[],
    );
    static ROUTES: &[Route] = &[Route::new("/only/here", &[], &[], "app/only/here/route.rs", &[])];
    let runtime = || tokio::runtime::Builder::new_current_thread().build().unwrap();
    let (own, other) = (runtime(), runtime());
    own.block_on(async {
        let _router: Router = instrumented(&APP, Router::new());
        built(ROUTES);
        built(ROUTES);
    });
    other.block_on(async {
        assert!(register().await.is_ok());
        assert!(!is_claimed("/only/here"));
    });
    assert_eq!(RUNS.load(Ordering::SeqCst), 0);
    own.block_on(async {
        assert!(register().await.is_ok());
        assert!(is_claimed("/only/here") && !is_claimed("/only"));
    });
    assert_eq!(RUNS.load(Ordering::SeqCst), 1);
}

#[test]
fn in_01_in_02_a_function_may_return_nothing_or_a_result_of_any_error() {
    assert!(Outcome::outcome(()).is_ok());
    assert!(Outcome::outcome(Ok::<(), Error>(())).is_ok());
    let failed: Result<(), std::fmt::Error> = Err(std::fmt::Error);
    assert!(Outcome::outcome(failed).is_err());
}

static FAIL: Route = Route::new("/fail", &["/fail"], &[], "app/fail/route.rs", &[]);

/// What fails at this place.
fn failing(route: &'static Route) -> ResponseFuture {
    let future = Box::pin(async { Err(crate::error::failure(Error::msg("fails"))) });
    ResponseFuture::handler(future, None, None, false, route)
}

/// The status that an app with this hook gives.
async fn status(app: &'static Instrumentation, answer: fn() -> ResponseFuture) -> StatusCode {
    let answer = Observing::new(move |_| answer());
    let router: Router = instrumented(app, Router::new().fallback_service(answer));
    router.oneshot(Request::new(axum::body::Body::empty())).await.unwrap().status()
}

/// Fails so many times, in an app with this hook.
async fn fail(app: &'static Instrumentation, requests: usize) {
    for _ in 0..requests {
        assert_eq!(status(app, || failing(&FAIL)).await, StatusCode::INTERNAL_SERVER_ERROR);
    }
}

#[tokio::test(start_paused = true)]
async fn in_02_the_hook_is_told_where_it_was_and_what() {
    static TOLD: Mutex<Vec<String>> = Mutex::new(Vec::new());
    static APP: Instrumentation = Instrumentation::new(
        "instrumentation.rs",
        &[],
        &[|report: Arc<Report>| {
            let (at, error) = (report.context, report.error());
            let what = if at.is_panic() { "panic" } else { "error" };
            let line = format!("{what} in {:?} {:?} {}: {error}", at.kind(), at.route(), at.file());
            TOLD.lock().unwrap().push(line);
            Box::pin(async { Ok(()) })
        }],
    );
    static PROXY: Route = Route::none(ErrorKind::Proxy, "proxy.rs");
    static REWRITE: Route = Route::none(ErrorKind::Rewrite, "bff.toml");
    static FILE: Route = Route::none(ErrorKind::File, "public/");
    let panicking = || {
        let future = Box::pin(async { panic!("no more") });
        ResponseFuture::handler(future, None, None, false, &FAIL)
    };
    let slow = || {
        let future = Box::pin(std::future::pending());
        let slow = Admission { timeout: Some(Duration::from_secs(5)), ..Admission::default() };
        ResponseFuture::handler(future, None, None, false, &FAIL).within(slow)
    };
    let chosen = || {
        let response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        ResponseFuture::handler(Box::pin(async { Ok(response) }), None, None, false, &FAIL)
    };
    type Answer = fn() -> ResponseFuture;
    let cases: &[(Answer, u16, &[&str])] = &[
        (|| failing(&FAIL), 500, &[r#"error in Handler Some("/fail") app/fail/route.rs: fails"#]),
        (|| failing(&PROXY), 500, &["error in Proxy None proxy.rs: fails"]),
        (|| failing(&REWRITE), 500, &["error in Rewrite None bff.toml: fails"]),
        (|| failing(&FILE), 500, &["error in File None public/: fails"]),
        (panicking, 500, &[r#"panic in Handler Some("/fail") app/fail/route.rs: no more"#]),
        (
            slow,
            504,
            &[r#"error in Handler Some("/fail") app/fail/route.rs: the handler took too long"#],
        ),
        (chosen, 500, &[]),
    ];
    for &(answer, expected, told) in cases {
        assert_eq!(status(&APP, answer).await, expected, "{told:?}");
        crate::after::settled().await;
        assert_eq!(*TOLD.lock().unwrap(), told);
        TOLD.lock().unwrap().clear();
    }
}

#[tokio::test(start_paused = true)]
async fn rh_422_a_hook_is_given_up_after_its_time_and_so_many_run_at_once() {
    static BEGUN: AtomicUsize = AtomicUsize::new(0);
    static APP: Instrumentation = Instrumentation::new(
        "instrumentation.rs",
        &[],
        &[|_: Arc<Report>| {
            BEGUN.fetch_add(1, Ordering::SeqCst);
            Box::pin(std::future::pending())
        }],
    );
    fail(&APP, 200).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(BEGUN.load(Ordering::SeqCst), 128);
    // What is given up makes room.
    tokio::time::sleep(Duration::from_secs(30)).await;
    fail(&APP, 3).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(BEGUN.load(Ordering::SeqCst), 131);
    assert_eq!(crate::after::running(), 3);
    tokio::time::sleep(Duration::from_secs(30)).await;
    crate::after::settled().await;
}

#[tokio::test]
async fn rh_422_a_server_that_stops_waits_for_the_hook() {
    static GO_ON: Notify = Notify::const_new();
    static APP: Instrumentation = Instrumentation::new(
        "instrumentation.rs",
        &[],
        &[|_: Arc<Report>| {
            Box::pin(async {
                GO_ON.notified().await;
                Ok(())
            })
        }],
    );
    fail(&APP, 1).await;
    assert_eq!(crate::after::running(), 1);
    GO_ON.notify_one();
    crate::after::settled().await;
}

#[tokio::test]
async fn a_router_without_a_hook_is_left_as_it_is() {
    static APP: Instrumentation = Instrumentation::new("instrumentation.rs", &[], &[]);
    let router: Router = instrumented(&APP, Router::new().route("/", get(|| async { "hello" })));
    let response = router.oneshot(Request::new(axum::body::Body::empty())).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert!(response.headers().get("x-request-id").is_none());
}

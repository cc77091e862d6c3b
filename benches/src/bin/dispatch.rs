//! `dispatch <axum|bff|bare|request> <1|51> <n> [param|text|post]`: n requests, with the system's allocator.

fn main() -> std::process::ExitCode {
    bff_benches::dispatch::run()
}

//! What `dispatch` does, with mimalloc: the difference is the allocator's part.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    bff_benches::dispatch::run()
}

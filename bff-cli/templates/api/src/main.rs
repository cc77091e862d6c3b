//! Starts the server. The routes are the `route.rs` files in the `app` folder.

bff::app!();

// A faster allocator than most systems' own; remove the two lines to use the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}

#[cfg(test)]
mod tests;

//! `allocations <subject> <routes> <n> [kind]`: allocations and bytes per request.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    process::ExitCode,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use bff_benches::dispatch::Run;

#[global_allocator]
static ALLOCATOR: Counting = Counting { calls: AtomicUsize::new(0), bytes: AtomicUsize::new(0) };

/// The system's allocator, with a count of what is asked of it.
struct Counting {
    calls: AtomicUsize,
    bytes: AtomicUsize,
}

impl Counting {
    fn count(&self, bytes: usize) {
        self.calls.fetch_add(1, Relaxed);
        self.bytes.fetch_add(bytes, Relaxed);
    }

    fn so_far(&self) -> (usize, usize) {
        (self.calls.load(Relaxed), self.bytes.load(Relaxed))
    }
}

// SAFETY: every call is passed on unchanged to the system's allocator, which keeps the contract; the counters
// neither allocate nor unwind. An allocator is an unsafe trait, so there is no way to count without this.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.count(layout.size());
        // SAFETY: the caller's promises are those that the system's allocator asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: as above; the memory came from the system's allocator with this layout.
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        self.count(size);
        // SAFETY: as above.
        unsafe { System.realloc(memory, layout, size) }
    }
}

fn main() -> ExitCode {
    let run = match Run::from_args(std::env::args()) {
        Ok(run) => run,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::FAILURE;
        }
    };
    // The first run pays for what is set up once; the difference of the other two is that of the requests.
    let [_, short, long] = [1, 1, 2].map(|times| {
        let before = ALLOCATOR.so_far();
        Run { requests: run.requests * times, ..run }.send();
        let after = ALLOCATOR.so_far();
        (after.0 - before.0, after.1 - before.1)
    });
    let per_request = |short: usize, long: usize| (long - short) as f64 / run.requests as f64;
    println!(
        "{:.2} allocations, {:.1} bytes",
        per_request(short.0, long.0),
        per_request(short.1, long.1)
    );
    ExitCode::SUCCESS
}

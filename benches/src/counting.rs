//! An allocator that counts.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

/// The system's allocator, with a count of what is asked of it.
#[derive(Debug)]
pub struct Counting {
    calls: AtomicUsize,
    bytes: AtomicUsize,
}

impl Counting {
    /// One that has counted nothing.
    #[expect(clippy::new_without_default, reason = "for a static")]
    pub const fn new() -> Self {
        Self { calls: AtomicUsize::new(0), bytes: AtomicUsize::new(0) }
    }

    fn count(&self, bytes: usize) {
        self.calls.fetch_add(1, Relaxed);
        self.bytes.fetch_add(bytes, Relaxed);
    }

    /// Allocations and their bytes.
    pub fn so_far(&self) -> (usize, usize) {
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

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        self.count(layout.size());
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
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

//! What bff costs: instructions and allocations per request, time to read an app folder, time to compile an
//! app. The `README.md` of this folder says how to run each benchmark and what its figures mean.

pub mod compile_time;
pub mod counting;
pub mod dispatch;
pub mod generated;
pub mod median;
pub mod scratch;

#[cfg(not(target_os = "none"))]
#[bff::api]
async fn read() -> &'static str {
    "all"
}

#[cfg(not(target_arch = "avr"))]
#[bff::api]
async fn write() -> &'static str {
    "done"
}

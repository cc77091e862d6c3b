use bff::metadata::{icon, icons};

#[icons(timeout = "5s")]
fn ids() -> [u32; 1] {
    [1]
}

#[icon]
fn made(id: u32) -> Vec<u8> {
    vec![0; id as usize]
}

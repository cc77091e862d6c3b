use bff::metadata::{icon, icons};

#[icons]
fn ids() -> [u32; 2] {
    [1, 2]
}

#[icon]
fn made(id: u32) -> Vec<u8> {
    vec![0; id as usize]
}

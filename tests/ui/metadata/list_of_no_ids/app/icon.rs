use bff::metadata::{icon, icons};

#[icons]
fn ids() -> Vec<()> {
    Vec::new()
}

#[icon]
fn made(id: u32) -> Vec<u8> {
    vec![0; id as usize]
}

use bff::metadata::icon;

#[icon]
fn made(id: u32) -> Vec<u8> {
    vec![0; id as usize]
}

//! The spelling with `_`.

use bff::metadata::apple_icon;

#[apple_icon(size = "180x180")]
fn made() -> Vec<u8> {
    b"apple".to_vec()
}

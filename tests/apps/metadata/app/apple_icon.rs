//! The spelling with `_`.

use bff::metadata::apple_icon;

#[apple_icon(size = "180x180", revalidate = "1h")]
fn made() -> Vec<u8> {
    b"apple".to_vec()
}

use std::collections::HashMap;

use bff::{Path, get};

#[get]
async fn show(Path(all): Path<HashMap<String, String>>) -> String {
    format!("{all:?}")
}

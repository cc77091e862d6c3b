use bff::get;

use crate::ANSWER;

#[get(revalidate = "1h", tags = ["item:{id}"])]
async fn item(id: u64) -> String {
    format!("{id} {ANSWER}")
}

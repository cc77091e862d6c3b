use bff::get;

use crate::ANSWER;

/// The same, made once.
#[get(revalidate = "1h", tags = ["kept"])]
async fn kept() -> &'static str {
    ANSWER
}

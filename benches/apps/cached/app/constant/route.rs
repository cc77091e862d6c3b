use bff::get;

use crate::ANSWER;

#[get]
async fn constant() -> &'static str {
    ANSWER
}

use std::rc::Rc;

use bff::get;

#[get]
async fn index(count: Rc<u8>) -> String {
    count.to_string()
}

use std::rc::Rc;

use bff::get;

#[get]
async fn index() -> String {
    let name = Rc::new("world");
    wait().await;
    format!("hello {name}")
}

async fn wait() {}

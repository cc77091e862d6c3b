use std::sync::Mutex;

use bff::get;

static NAME: Mutex<String> = Mutex::new(String::new());

#[get]
async fn index() -> String {
    let name = NAME.lock().unwrap();
    wait().await;
    format!("hello {name}")
}

async fn wait() {}

//! A contact form: two fields with their rules, and a mail that is sent by a task of its own.
//!
//! ```sh
//! cargo run -p patterns --bin form
//! curl localhost:3000/contact -d email=ada@example.com -d message=Hello
//! curl localhost:3000/contact -d email=ada -d message=
//! ```

use tokio::sync::mpsc;

bff::app!(state = mpsc::Sender<Mail>, dir = "apps/form/app");

/// What is to be sent.
#[derive(Debug)]
struct Mail {
    from: String,
    text: String,
}

#[tokio::main]
async fn main() -> bff::Result {
    let (outbox, mut mails) = mpsc::channel::<Mail>(16);
    // Stands for a mail service.
    tokio::spawn(async move {
        while let Some(Mail { from, text }) = mails.recv().await {
            println!("{from} writes: {text}");
        }
    });
    bff::serve(app::router(outbox)).await
}

struct Pool;

pub async fn register(_: Pool) {}

async fn on_request_error(_: &bff::Error) {}

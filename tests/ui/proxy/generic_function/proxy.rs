use bff::{
    Request,
    proxy::{self, Proxied},
};

#[bff::proxy]
async fn proxy<T: Default>(_request: Request) -> Proxied {
    proxy::next()
}

use crate::webhook::{Headers, Mac, Provider, Signed};

/// Shopify: `X-Shopify-Hmac-SHA256: <base64>` over the body, with the client secret of the app as the key.
///
/// Neither a time nor an id is signed, so a message is told apart by its bytes and its `X-Shopify-Topic`: one order
/// makes `orders/create` and `orders/paid` of the same bytes.
#[derive(Debug)]
pub struct Shopify;

impl Provider for Shopify {
    const NAME: &'static str = "shopify";
    const VARIABLE: &'static str = "SHOPIFY_WEBHOOK_SECRET";

    fn read(headers: Headers<'_>) -> Option<Signed<'_>> {
        let signature = headers.one("x-shopify-hmac-sha256")?;
        Some(Signed::body().kind(headers.one("x-shopify-topic")).base64(signature))
    }

    fn write(mac: &Mac<'_>) -> Vec<(&'static str, String)> {
        vec![("x-shopify-hmac-sha256", mac.base64([]))]
    }
}

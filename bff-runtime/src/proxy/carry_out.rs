use axum::{
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::{
    Next, Proxied,
    edits::{How, RequestEdit, ResponseEdit, belongs_to_the_connection},
    proxied::Decision,
};
use crate::{
    RequestExt,
    cookies::Cookies,
    error::{Error, failure},
    request,
    request_id::RequestId,
    response::Redirect,
    scope,
};

/// Does what a proxy has decided.
pub(super) async fn carry_out(proxied: Proxied, mut request: Request, next: Next) -> Response {
    let Proxied { decision, request: edits, response: headers, cookies, mistake } = proxied;
    if let Some(mistake) = mistake {
        let request_id = RequestId::to_log().map(tracing::field::display);
        tracing::error!(request_id, "the proxy asked for {mistake}");
        return failure(Error::msg(format_args!("the proxy asked for {mistake}")));
    }
    if let (false, Some(scope)) = (cookies.is_empty(), scope::current()) {
        let store = scope.cookies.get_or_init(|| Cookies::from_headers(request.headers()));
        for cookie in cookies {
            store.set(cookie);
        }
    }
    let mut response = match decision {
        Decision::Respond(response) => *response,
        Decision::Redirect(redirect) => redirected(redirect, &request),
        Decision::Next => {
            edit(request.headers_mut(), edits);
            next.run(request).await
        }
        Decision::Rewrite(target) => {
            edit(request.headers_mut(), edits);
            request::rewrite(&mut request, target);
            next.run(request).await
        }
        #[cfg(feature = "upstream")]
        Decision::Forward(passage) => {
            edit(request.headers_mut(), edits);
            passage.take(request).await.unwrap_or_else(IntoResponse::into_response)
        }
    };
    headers.into_iter().for_each(|header| put(response.headers_mut(), header));
    response
}

/// A redirect with its location as the body (PX-45). A location of the own origin is told as a path, so that a
/// proxy server in front need not know where it stands.
fn redirected(redirect: Redirect, request: &Request) -> Response {
    let mut response = redirect.into_response();
    let Some(location) = response.headers().get(header::LOCATION) else { return response };
    let own = request.url().origin().to_string();
    let location = match location.as_bytes().strip_prefix(own.as_bytes()) {
        // Two slashes would begin another host.
        Some(path) if path.starts_with(b"/") && !path.starts_with(b"//") => {
            HeaderValue::from_bytes(path).unwrap_or_else(|_| location.clone())
        }
        _ => location.clone(),
    };
    *response.body_mut() = Body::from(location.as_bytes().to_vec());
    let headers = response.headers_mut();
    headers.insert(header::LOCATION, location);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

fn edit(headers: &mut HeaderMap, edits: Vec<RequestEdit>) {
    for edit in edits {
        match edit {
            RequestEdit::Set(name, value) => {
                headers.insert(name, value);
            }
            RequestEdit::Remove(name) => {
                headers.remove(name);
            }
            RequestEdit::Replace(new) => replace(headers, new),
        }
    }
}

/// The new set, with what the connection needs from the old one.
fn replace(headers: &mut HeaderMap, mut new: HeaderMap) {
    let foreign: Vec<HeaderName> =
        new.keys().filter(|name| belongs_to_the_connection(name)).cloned().collect();
    for name in foreign {
        new.remove(name);
    }
    for (name, value) in headers.iter().filter(|(name, _)| belongs_to_the_connection(name)) {
        new.append(name, value.clone());
    }
    *headers = new;
}

/// Fields that are lists, where one more does not replace the others (PL-12).
pub(crate) fn is_list(name: &HeaderName) -> bool {
    [header::SET_COOKIE, header::VARY, header::WWW_AUTHENTICATE, header::PROXY_AUTHENTICATE]
        .contains(name)
}

fn put(headers: &mut HeaderMap, ResponseEdit { name, value, how }: ResponseEdit) {
    match how {
        How::Append => {
            headers.append(name, value);
        }
        How::Override => {
            headers.insert(name, value);
        }
        How::Default if is_list(&name) => {
            headers.append(name, value);
        }
        How::Default => {
            headers.entry(name).or_insert(value);
        }
    }
}

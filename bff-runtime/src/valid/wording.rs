use std::{fmt, sync::Arc};

use http::{Extensions, HeaderMap, HeaderValue, header};

use super::Failure;

/// The app's own words for what is wrong with a value, in the client's language for example.
///
/// It is asked for each [`Failure`] that a client is told of: those of [`Valid`](super::Valid), and the one of a
/// body, a form or a query that does not fit its type. The second argument is the request's `Accept-Language` header,
/// empty when there is none. `None` keeps the message as it is. A layer sets it for the routes below:
///
/// ```
/// use bff::{axum::{Extension, Router}, valid::{Failure, Wording}};
///
/// fn words(failure: &Failure, languages: &str) -> Option<String> {
///     if !languages.starts_with("de") {
///         return None;
///     }
///     Some(match failure.code() {
///         "missing" => "Dieses Feld fehlt.".to_owned(),
///         "length" => format!("Mindestens {} Zeichen.", failure.param("min")?),
///         _ => return None,
///     })
/// }
///
/// # let router: Router = Router::new();
/// let router = router.layer(Extension(Wording::new(words)));
/// # let _: Router = router;
/// ```
///
/// It sees nothing of what the client sent but the names of fields, and should send back no more.
#[derive(Clone)]
pub struct Wording(Arc<Hook>);

type Hook = dyn Fn(&Failure, &str) -> Option<String> + Send + Sync;

impl Wording {
    /// Asks this function.
    pub fn new(words: impl Fn(&Failure, &str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(words))
    }
}

impl fmt::Debug for Wording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wording").finish_non_exhaustive()
    }
}

/// The words for the answer to one request, taken before the request is used up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words(Option<(Wording, Option<HeaderValue>)>);

impl Words {
    /// Those of a layer, if there is one; else this is a look at a map, which mostly is empty.
    pub(crate) fn of(extensions: &Extensions, headers: &HeaderMap) -> Self {
        let wording: Option<&Wording> = extensions.get();
        Self(
            wording.map(|wording| (wording.clone(), headers.get(header::ACCEPT_LANGUAGE).cloned())),
        )
    }

    pub(crate) fn reword(&self, failure: &mut Failure) {
        let Some((Wording(hook), languages)) = &self.0 else { return };
        let languages = languages.as_ref().and_then(|value| value.to_str().ok());
        if let Some(message) = hook(failure, languages.unwrap_or_default()) {
            failure.say(message);
        }
    }
}

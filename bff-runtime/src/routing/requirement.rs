use axum::response::{IntoResponse, Response};
use http::request::Parts;

use super::FromParts;

/// What `require` names: an async function that a request has to satisfy before it reaches the handler.
///
/// Its arguments are extractors that need no body; its error is the response.
#[diagnostic::on_unimplemented(
    message = "this cannot be required of a request",
    label = "not an `async fn` that takes extractors and returns `Result<(), E>`",
    note = "its arguments, up to six, implement `FromRequestParts`; `State<T>` needs `bff::app!(state = T)`, or `T: FromRef` of that state, and `T: Clone`",
    note = "its error is a response, as `bff::Error` is: `async fn admin(session: Session) -> bff::Result<()>`"
)]
pub trait Requirement<S, A>: Copy + Send {
    /// Runs it; a refusal is already a response.
    fn check(
        self,
        parts: &mut Parts,
        state: &S,
    ) -> impl Future<Output = Result<(), Response>> + Send;
}

/// [`Requirement::check`], called in a way that rustc complains about once when `R` is none.
pub fn required<'a, R: Requirement<S, A> + 'a, S, A: 'a>(
    requirement: R,
    parts: &'a mut Parts,
    state: &'a S,
) -> impl Future<Output = Result<(), Response>> + Send {
    requirement.check(parts, state)
}

macro_rules! functions {
    ($([$($argument:ident),*])*) => {
        $(
            #[diagnostic::do_not_recommend]
            impl<R, F, E, S, $($argument),*> Requirement<S, ($($argument,)*)> for R
            where
                R: Fn($($argument),*) -> F + Copy + Send + Sync,
                F: Future<Output = Result<(), E>> + Send,
                E: IntoResponse,
                S: Sync,
                $($argument: FromParts<S> + Send,)*
            {
                async fn check(self, _parts: &mut Parts, _state: &S) -> Result<(), Response> {
                    self($($argument::from_parts(_parts, _state).await?),*)
                        .await
                        .map_err(IntoResponse::into_response)
                }
            }
        )*
    };
}

functions! { [] [A] [A, B] [A, B, C] [A, B, C, D] [A, B, C, D, G] [A, B, C, D, G, H] }

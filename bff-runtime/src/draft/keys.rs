use std::marker::PhantomData;

use axum::extract::FromRef;

use crate::cookies::KeyRing;

/// The keys of draft mode in a state of type `S`, where it has any.
///
/// `DraftKeys::<S>::KEYS` finds the inherent constant when `KeyRing: FromRef<S>`, and that of [`NoDraftKeys`] otherwise.
#[derive(Debug)]
pub struct DraftKeys<S>(PhantomData<S>);

impl<S> DraftKeys<S>
where
    KeyRing: FromRef<S>,
{
    #[doc(hidden)]
    pub const KEYS: Option<fn(&S) -> KeyRing> = Some(KeyRing::from_ref);
}

/// A state without them: nobody can turn draft mode on.
pub trait NoDraftKeys<S> {
    /// None.
    const KEYS: Option<fn(&S) -> KeyRing> = None;
}

impl<S> NoDraftKeys<S> for DraftKeys<S> {}

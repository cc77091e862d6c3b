use std::sync::LazyLock;

use super::{Values, store};
use crate::{draft::Draft, scope};

static VALUES: LazyLock<Values> = LazyLock::new(|| Values::of(store()));

/// The values of this process.
pub(crate) fn values() -> &'static Values {
    &VALUES
}

/// Whether an editor asks, for whom nothing is read and nothing kept (RH-280, RH-288).
pub(crate) fn is_draft() -> bool {
    scope::peek(|scope| scope.draft.get().is_some_and(Draft::is_enabled)).unwrap_or(false)
}

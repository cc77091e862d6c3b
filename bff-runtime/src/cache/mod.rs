//! Answers that are kept.

mod declared;
mod keyed;

pub use self::{
    declared::{Revalidate, Vary},
    keyed::{Keyed, Part, reads},
};

#[doc(hidden)]
pub mod generated {
    //! What generated code names.

    pub use super::{
        declared::{Revalidate, Tag, TagPiece, Vary},
        keyed::{Declared, Reads, kept_by_rule, keyed},
    };
}

pub(crate) use self::declared::Tag;
#[doc(hidden)]
pub use self::keyed::{NotKeyed, Reads};

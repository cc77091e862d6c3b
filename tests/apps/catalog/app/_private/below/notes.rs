//! Not even compiled.

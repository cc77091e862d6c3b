//! Private code may be called what it likes.

pub fn never_served() {}

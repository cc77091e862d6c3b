//! Does not start.

bff::app!(dir = "apps/refusing/app");

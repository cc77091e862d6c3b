//! Without state: methods (section 2 of the spec) and results (section 3).

bff::app!(dir = "apps/rows/app");

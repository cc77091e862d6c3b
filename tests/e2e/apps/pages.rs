//! Without state: files below `pages/api` beside an app folder (section 27).

bff::app!(dir = "apps/pages/app");

//! Without state: files in `public/`, with a proxy in front of them.

bff::app!(dir = "apps/site/app");

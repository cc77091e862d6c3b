//! Files below `pages/api` where there is no app folder.

bff::app!(dir = "apps/only_pages/app");

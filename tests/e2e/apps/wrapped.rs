//! Without state: a proxy around the handlers.

bff::app!(dir = "apps/wrapped/app");

//! Without state: hardly anything in it can become a file.

bff::app!(dir = "apps/unexported/app");

bff::app!(dir = "apps/one/app");

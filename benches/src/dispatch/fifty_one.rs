bff::app!(dir = "apps/fifty_one/app");

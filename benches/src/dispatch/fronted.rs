bff::app!(dir = "apps/fronted/app");

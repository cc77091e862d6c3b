bff::app!(dir = "apps/guarded/app");

//! Without state: patterns of every kind beside each other, for precedence (section 1.4).

bff::app!(dir = "apps/levels/app");

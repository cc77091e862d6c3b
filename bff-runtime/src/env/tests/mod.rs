mod expansion;
mod layers;
mod lookup;
mod syntax;

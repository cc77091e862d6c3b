bff::app!(dir = ".");

fn main() {}

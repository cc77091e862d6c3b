use bff::get;

#[get]
struct Index;

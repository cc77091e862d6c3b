use bff::get;

#[get]
extern "C" fn index() {}

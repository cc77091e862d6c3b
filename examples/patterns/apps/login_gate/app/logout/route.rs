use bff::{
    cookies::Cookies,
    post,
    response::{Redirect, see_other},
};

use crate::SESSION;

/// Signs out. With POST, so that no picture of another site does it.
#[post]
async fn sign_out(cookies: Cookies) -> Redirect {
    cookies.delete(SESSION);
    see_other("/login")
}

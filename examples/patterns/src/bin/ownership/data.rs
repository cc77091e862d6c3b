//! The data-access layer: the only way to the tables, and each way asks first who wants to know.

use std::sync::Arc;

use bff::{
    Error, OptionExt, Result,
    axum::extract::FromRequestParts,
    http::request::Parts,
    response::{forbidden, unauthorized},
    session::Session,
};
use serde::Serialize;

/// The tables. Without a [`Viewer`] there is nothing to be had from them.
#[derive(Clone)]
pub struct Data(Arc<Tables>);

struct Tables {
    users: Vec<User>,
    invoices: Vec<Invoice>,
}

#[derive(Clone, Copy)]
struct User {
    name: &'static str,
    is_accountant: bool,
}

struct Invoice {
    id: u64,
    owner: &'static str,
    cents: u64,
    account: &'static str,
}

/// As much of an invoice as leaves the server.
#[derive(Serialize)]
pub struct InvoiceView {
    id: u64,
    cents: u64,
    /// The end of the number of the account.
    account: &'static str,
}

impl From<&Invoice> for InvoiceView {
    fn from(invoice: &Invoice) -> Self {
        let account = &invoice.account[invoice.account.len().saturating_sub(4)..];
        Self { id: invoice.id, cents: invoice.cents, account }
    }
}

/// A user who is signed in; as an argument of a handler it answers 401 to everybody else.
pub struct Viewer {
    data: Data,
    user: User,
}

impl FromRequestParts<Data> for Viewer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, data: &Data) -> Result<Self> {
        let name = Session::from_request_parts(parts, data).await?.require()?;
        // The session says who it was at the login. What they may do is asked now.
        let user = data.user(&name).ok_or_else(unauthorized)?;
        Ok(Self { data: data.clone(), user: *user })
    }
}

impl Data {
    /// Signs in. Stands for the check of a password, as `login_gate` has it.
    pub async fn sign_in(&self, session: &Session, name: &str) -> Result {
        let user = self.user(name).ok_or_else(unauthorized)?;
        session.login(user.name).await
    }

    fn user(&self, name: &str) -> Option<&User> {
        self.0.users.iter().find(|user| user.name == name)
    }
}

impl Viewer {
    /// An invoice of one's own. Somebody else's does not exist, as far as one can tell.
    pub fn invoice(&self, id: u64) -> Result<InvoiceView> {
        let mut invoices = self.data.0.invoices.iter();
        let own = invoices.find(|invoice| invoice.id == id && invoice.owner == self.user.name);
        Ok(own.or_404("no such invoice")?.into())
    }

    /// All invoices, for accountants.
    pub fn all_invoices(&self) -> Result<Vec<InvoiceView>> {
        if !self.user.is_accountant {
            return Err(forbidden());
        }
        Ok(self.data.0.invoices.iter().map(InvoiceView::from).collect())
    }
}

impl Default for Data {
    fn default() -> Self {
        let user = |name, is_accountant| User { name, is_accountant };
        let invoice = |id, owner, cents, account| Invoice { id, owner, cents, account };
        Self(Arc::new(Tables {
            users: vec![user("ada", false), user("bob", true)],
            invoices: vec![invoice(1, "ada", 1250, "0001234"), invoice(2, "bob", 900, "0005678")],
        }))
    }
}

//! Two services, in this process. Real ones are HTTP clients, which a handler calls the same way.

use std::sync::Arc;

use bff::{Error, Result};

/// What the app may ask, and the token that it shows.
#[derive(Clone)]
pub struct Services {
    token: Arc<str>,
}

/// An order as its service has it, with what is no business of the customer.
pub struct Order {
    pub item: &'static str,
    pub price: u32,
    pub purchase_price: u32,
}

impl Services {
    pub fn new(token: String) -> Self {
        Self { token: token.into() }
    }

    /// What a customer has ordered; nothing for a customer that nobody knows.
    pub async fn orders(&self, customer: &str) -> Result<Option<Vec<Order>>> {
        self.authorized()?;
        Ok((customer == "ada")
            .then(|| vec![Order { item: "tea", price: 700, purchase_price: 310 }]))
    }

    /// What a customer may like as well.
    pub async fn advice(&self, _customer: &str) -> Result<Vec<&'static str>> {
        self.authorized()?;
        Ok(vec!["a teapot"])
    }

    fn authorized(&self) -> Result {
        if self.token.is_empty() {
            Err(Error::msg("the services refuse the token"))
        } else {
            Ok(())
        }
    }
}

//! Path patterns and destinations, row by row of sections 3 to 6 and 10 of the specification.

mod conditions;
mod destinations;
mod dialect;
mod mistakes;
mod oracle;
mod properties;
mod shapes;
mod support;

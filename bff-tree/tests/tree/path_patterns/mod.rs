//! Path patterns and destinations, row by row of sections 3 to 6 and 10 of the specification.

mod oracle;
mod support;

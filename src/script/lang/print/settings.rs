//! Prints the states of servers at time 0.

use std::fmt::{Formatter, Result};

use crate::sim::Given;

pub(super) fn write_given(f: &mut Formatter<'_>, given: &Given) -> Result {
    write!(f, "given {} term {}", given.server, given.term)?;
    if let Some(vote) = given.vote {
        write!(f, " vote {vote}")?;
    }
    if !given.log.is_empty() {
        f.write_str(" log")?;
        given.log.iter().try_for_each(|term| write!(f, " {term}"))?;
    }
    if given.commit > 0 {
        write!(f, " commit {}", given.commit)?;
    }
    Ok(())
}

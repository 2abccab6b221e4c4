//! The two sides of a violation.

use crate::raft::{Command, Index, Term};

use super::command;

pub const CHANGED_BY_LEADER: &str = "changed by the leader itself";
pub const NO_ENTRY: &str = "no entry";
pub const CONFLICTS: &str = "What contradicts what";
pub const SHOW_SIDES: &str = "Show both sides";

pub fn leads(term: Term) -> String {
    format!("leads term {term}")
}

pub fn entry_of_term(term: Term, content: &Command) -> String {
    format!("term {term}, {}", command(content))
}

pub fn entry_before(index: Index, term: Term) -> String {
    match index {
        0 => "no entry before".to_owned(),
        _ => format!("term {term}"),
    }
}

pub fn committed_entry(term: Term) -> String {
    format!("term {term}, committed")
}

pub fn entry_instead(term: Term) -> String {
    format!("term {term} instead")
}

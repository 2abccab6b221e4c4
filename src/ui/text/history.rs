//! Sentences about the clients' history and its verdict.

use crate::check::Verdict;
use crate::raft::ClientId;
use crate::sim::Micros;

use super::moment;

pub const HISTORY: &str = "Operations on the axis of time";
pub const FITS_NO_ORDER_SPOKEN: &str = "; fits no order";
pub const PROVES_STALE_SPOKEN: &str = "; the write that proves the answer stale";

/// A bar of the history, as a screen reader says it. `answer`: what and when.
pub fn history_bar(
    client: ClientId,
    command: &str,
    invoked_us: Micros,
    answer: Option<(&str, Micros)>,
) -> String {
    let from = moment(invoked_us);
    let span = match answer {
        None => format!("from {from} on, no answer yet"),
        Some((answer, until_us)) => format!("from {from} to {}, {answer}", moment(until_us)),
    };
    format!("{client:#}, {command}, {span}")
}

pub fn history_omitted(count: usize) -> String {
    match count {
        1 => "One older operation is not drawn.".to_owned(),
        _ => format!("{count} older operations are not drawn."),
    }
}

pub fn history(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Linearizable => "The history so far is linearizable.".to_string(),
        Verdict::Violated { text } => {
            format!("The history is not linearizable: {}.", text)
        }
        Verdict::Undecided { from } => {
            format!("From {} on, it is undecided whether the history is linearizable.", from)
        }
    }
}

//! What can happen to one message, and how a script names it: by its state, its kind and its ends,
//! and where several messages match, by which one it is.

use std::fmt;

use crate::raft::Kind;
use crate::sim::time::Micros;

use super::Filter;

/// How many messages are known after they have arrived or were lost.
pub(in crate::sim) const PAST_MAX: usize = 32;

/// Where a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MessageState {
    InFlight,
    Held,
    /// One of the newest that have arrived.
    Delivered,
    /// One of the newest that were lost.
    Lost,
}

impl MessageState {
    pub const ALL: [MessageState; 4] =
        [MessageState::InFlight, MessageState::Held, MessageState::Delivered, MessageState::Lost];

    /// The word of the language.
    pub fn name(self) -> &'static str {
        match self {
            MessageState::InFlight => "in-flight",
            MessageState::Held => "held",
            MessageState::Delivered => "delivered",
            MessageState::Lost => "lost",
        }
    }

    /// The words for it within a sentence.
    pub fn phrase(self) -> &'static str {
        match self {
            MessageState::InFlight => "in flight",
            MessageState::Held | MessageState::Delivered | MessageState::Lost => self.name(),
        }
    }
}

/// Names one message by what matches it, and its number among those.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MessageName {
    pub state: MessageState,
    /// Which of the messages that match, from 1 on: the oldest first, but of those delivered or
    /// lost the newest first.
    pub nth: u32,
    pub filter: Filter,
}

/// What happens to one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MessageAct {
    Drop,
    /// Keeps it until it is released or discarded.
    Hold,
    /// Delivers it now, whatever its delay.
    Release,
    /// Loses it while it is held.
    Discard,
    /// By this many microseconds. A held message is in flight for that time.
    Delay(Micros),
    Duplicate,
    /// A copy arrives after this many microseconds.
    Resend(Micros),
}

impl MessageAct {
    /// The verb of the language.
    pub fn verb(self) -> &'static str {
        match self {
            MessageAct::Drop => "drop",
            MessageAct::Hold => "hold",
            MessageAct::Release => "release",
            MessageAct::Discard => "discard",
            MessageAct::Delay(_) => "delay",
            MessageAct::Duplicate => "duplicate",
            MessageAct::Resend(_) => "resend",
        }
    }

    /// The states in which it applies to a message.
    pub fn states(self) -> &'static [MessageState] {
        use MessageState::{Held, InFlight};
        match self {
            MessageAct::Drop | MessageAct::Hold => &[InFlight],
            MessageAct::Discard => &[Held],
            MessageAct::Release | MessageAct::Delay(_) | MessageAct::Duplicate => &[InFlight, Held],
            MessageAct::Resend(_) => &MessageState::ALL,
        }
    }
}

impl MessageName {
    /// Why there is no such message, and what to do.
    pub(super) fn explain_missing(
        &self,
        f: &mut fmt::Formatter<'_>,
        act: MessageAct,
        found: u32,
    ) -> fmt::Result {
        let what = self.filter.kind.map_or("message", Kind::name);
        let ends = Filter { kind: None, ..self.filter.clone() };
        let state = self.state.phrase();
        match found {
            0 => write!(f, "no {what}{ends} is {state} at this moment: ")?,
            1 => write!(f, "only one {what}{ends} is {state} at this moment: ")?,
            _ => {
                let kind = self.filter.kind.map_or(String::new(), |kind| format!("{kind} "));
                write!(f, "only {found} {kind}messages{ends} are {state} at this moment: ")?;
            }
        }
        match (self.state, act) {
            (MessageState::InFlight, MessageAct::Release | MessageAct::Resend(_)) => {
                f.write_str("let time pass until one is sent")
            }
            (MessageState::InFlight, _) => {
                let verb = act.verb();
                write!(f, "without `in-flight`, `{verb}` is for the next one that is sent")
            }
            (MessageState::Held, _) => f.write_str("hold one first"),
            (MessageState::Delivered | MessageState::Lost, _) => {
                write!(f, "of all that arrived or were lost, the newest {PAST_MAX} are known")
            }
        }
    }
}

impl fmt::Display for MessageName {
    /// With a space before each part, as in ` 2nd in-flight append from s1 to s2`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.nth > 1 {
            write!(f, " {}", ordinal(self.nth))?;
        }
        write!(f, " {}{}", self.state.name(), self.filter)
    }
}

/// The number that an ordinal such as `2nd` gives.
pub fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

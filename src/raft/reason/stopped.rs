//! Servers that do not act, because their processes are paused or have crashed. The world gives
//! these reasons: such a server takes no input.

use super::words::{Reason, Topic};
use crate::raft::input::Timer;
use crate::raft::membership::change::Change;
use crate::raft::types::ServerId;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StoppedWhy {
    /// Otherwise it is paused.
    pub crashed: bool,
    pub ignored: Ignored,
}

/// What a person or a script asked of a server that does not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ignored {
    Timer(Timer),
    Transfer(ServerId),
    Change(Change),
    Compact,
}

impl StoppedWhy {
    pub(super) fn topic(&self) -> Topic {
        match self.ignored {
            Ignored::Timer(_) | Ignored::Transfer(_) => Topic::Elections,
            Ignored::Change(_) => Topic::Membership,
            Ignored::Compact => Topic::Replication,
        }
    }

    pub(super) fn describe(&self) -> Reason {
        let (principle, fact) = match self.crashed {
            false => ("a paused server does nothing", "it is paused"),
            true => ("a crashed server does nothing", "it has crashed"),
        };
        let decision = match self.ignored {
            Ignored::Timer(Timer::Election) => "its election timer does not fire".to_string(),
            Ignored::Timer(Timer::Heartbeat) => "sends no heartbeat".to_string(),
            Ignored::Timer(Timer::Quorum | Timer::Transfer | Timer::CatchUp) => {
                "its timer does not fire".to_string()
            }
            Ignored::Transfer(to) => format!("does not transfer leadership to {to:#}"),
            Ignored::Change(change) => format!("does not perform `{change}`"),
            Ignored::Compact => "takes no snapshot".to_string(),
        };
        Reason::new(self.topic(), principle, "section 2", fact, decision)
    }
}

//! Servers that do not act on what a person or a script asks: their processes are paused or have
//! crashed, or the timer does not run in their role. The world gives these reasons, because such a
//! server decides nothing.

use super::words::{Reason, Topic};
use crate::raft::input::Timer;
use crate::raft::membership::change::Change;
use crate::raft::types::ServerId;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StoppedWhy {
    pub idle: Idle,
    pub ignored: Ignored,
}

/// Why a server does not act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Idle {
    Paused,
    Crashed,
    /// It runs, but has no such timer: it leads, or it does not.
    NoTimer,
}

/// What a person or a script asked of the server.
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
        let (principle, section, fact) = match (self.idle, self.ignored) {
            (Idle::Paused, _) => ("a paused server does nothing", "section 2", "it is paused"),
            (Idle::Crashed, _) => ("a crashed server does nothing", "section 2", "it has crashed"),
            (Idle::NoTimer, Ignored::Timer(Timer::Election)) => {
                ("followers start elections", "section 5.2", "it leads, without an election timer")
            }
            (Idle::NoTimer, _) => ("leaders send heartbeats", "section 5.2", "it does not lead"),
        };
        let decision = match self.ignored {
            Ignored::Timer(Timer::Election) => "no election timer fires".to_string(),
            Ignored::Timer(Timer::Heartbeat) => "sends no heartbeat".to_string(),
            Ignored::Timer(Timer::Quorum | Timer::Transfer | Timer::CatchUp) => {
                "its timer does not fire".to_string()
            }
            Ignored::Transfer(to) => format!("does not transfer leadership to {to:#}"),
            Ignored::Change(change) => format!("does not perform `{change}`"),
            Ignored::Compact => "takes no snapshot".to_string(),
        };
        Reason::new(self.topic(), principle, section, fact, decision)
    }
}

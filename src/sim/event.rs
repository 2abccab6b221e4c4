//! What happened: events with their causes and reasons.

use crate::raft::{Address, ClientId, Kind, ServerId, ServerSet, Timer, Topic, Why, WriteId};

use super::act::Act;
use super::act::describe::capitalize;
use super::details::EventDetails;
use super::time::Micros;

/// The number of an event, from 1 on.
pub type EventId = u64;
/// The number of a message, from 1 on: messages are numbered in the order in which they are sent.
pub type MessageId = u64;

/// One thing that happened at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Events are numbered in the order in which they happen.
    pub id: EventId,
    /// The event that caused this one; `None` for a person's actions and the start.
    pub cause: Option<EventId>,
    /// In microseconds.
    pub time_us: Micros,
    pub kind: EventKind,
    /// The servers that it may have changed.
    pub touched: ServerSet,
    /// The decisions of servers, with their reasons, in order.
    pub whys: Vec<(ServerId, Why)>,
    /// What it changed; `None` for nothing, and from a recorder that does not keep it.
    pub details: Option<Box<EventDetails>>,
}

/// The kind of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// All servers started.
    Started,
    /// A person or a script acted.
    Acted(Act),
    /// A message arrived.
    Delivered(MessageSummary),
    /// A message reached a paused server and waits there.
    Stalled(MessageSummary),
    /// A message was lost.
    Lost(MessageSummary, Loss),
    /// A timer fired.
    TimerFired(ServerId, Timer),
    /// A write became stable.
    WriteStable(ServerId, WriteId),
    /// A pause for a limited time ended.
    PauseOver(ServerId),
    /// A leader's lease of one round expired (dissertation, section 6.4.1).
    LeaseOver(ServerId),
    /// A client got no response in time, for the command of that serial number.
    ClientTimedOut(ClientId, u64),
    /// A client retried a command after a rest.
    ClientRetried(ClientId, u64),
    /// The load made a client send a command; serial number 0 if too many were open already.
    LoadSent(ClientId, u64),
}

impl EventKind {
    pub(super) fn lost_to_a_crash(note: MessageSummary) -> EventKind {
        EventKind::Lost(note, Loss::Crashed)
    }
}

/// Why a message was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Loss {
    /// By chance (`loss`).
    Chance,
    /// Its link is cut.
    Cut,
    /// A `drop` was for it.
    Dropped,
    /// Its receiver has crashed.
    Crashed,
    /// It was held and then discarded.
    Discarded,
}

impl Loss {
    /// Why, as part of a sentence.
    pub fn reason(self) -> &'static str {
        match self {
            Loss::Chance => "by chance",
            Loss::Cut => "the link is cut",
            Loss::Dropped => "dropped on your order",
            Loss::Crashed => "the receiver has crashed",
            Loss::Discarded => "discarded while held",
        }
    }
}

/// What an event keeps of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageSummary {
    /// The number of its [`Flight`](super::Flight).
    pub id: MessageId,
    pub kind: Kind,
    pub from: Address,
    pub to: Address,
    /// 0 from a client.
    pub term: u64,
    /// How many entries an AppendEntries carries.
    pub entries: Option<u32>,
    /// Whether a reply grants or accepts.
    pub verdict: Option<bool>,
    /// Whether an answer sends the client to another server.
    pub redirect: bool,
    /// When it was sent, and when it arrives or would have arrived.
    pub sent_us: Micros,
    pub due_us: Micros,
}

impl MessageSummary {
    /// What it is, in the paper's words.
    pub fn name(&self) -> &'static str {
        match (self.kind, self.entries, self.verdict) {
            (Kind::Append, Some(0), _) => "heartbeat",
            (Kind::Append, _, _) => "AppendEntries",
            (Kind::AppendReply, _, Some(false)) => "AppendEntries rejection",
            (Kind::AppendReply, _, _) => "AppendEntries reply",
            (Kind::RequestVote, _, _) => "RequestVote",
            (Kind::Vote, _, Some(false)) => "denied vote",
            (Kind::Vote, _, _) => "vote",
            (Kind::PreVote, _, _) => "PreVote",
            (Kind::PreVoteReply, _, _) => "PreVote reply",
            (Kind::InstallSnapshot, _, _) => "InstallSnapshot",
            (Kind::SnapshotReply, _, _) => "InstallSnapshot reply",
            (Kind::TimeoutNow, _, _) => "TimeoutNow",
            (Kind::Request, _, _) => "request",
            (Kind::Reply, _, _) if self.redirect => "redirect",
            (Kind::Reply, _, _) => "answer",
        }
    }
}

impl Event {
    /// What happened, in one sentence.
    pub fn title(&self) -> String {
        match &self.kind {
            EventKind::Started => "The cluster starts".to_owned(),
            EventKind::Acted(act) => match self.cause {
                None => act.title(),
                Some(_) => act.title_of_a_trigger(),
            },
            EventKind::Delivered(note) => {
                format!("{} from {:#} reaches {:#}", capitalize(note.name()), note.from, note.to)
            }
            EventKind::Stalled(note) => format!(
                "{} from {:#} waits at {:#}, which is paused",
                capitalize(note.name()),
                note.from,
                note.to
            ),
            EventKind::Lost(note, loss) => format!(
                "{} from {:#} to {:#} is lost: {}",
                capitalize(note.name()),
                note.from,
                note.to,
                loss.reason()
            ),
            EventKind::TimerFired(server, Timer::Election) => {
                format!("{server:#}'s election timeout fires")
            }
            EventKind::TimerFired(server, Timer::Heartbeat) => {
                format!("{server:#}'s heartbeat is due")
            }
            EventKind::TimerFired(server, Timer::Quorum) => {
                format!("{server:#} checks that it still hears a majority")
            }
            EventKind::TimerFired(server, Timer::Transfer) => {
                format!("{server:#}'s leadership transfer times out")
            }
            EventKind::TimerFired(server, Timer::CatchUp) => {
                format!("{server:#}'s catch-up timer fires")
            }
            EventKind::WriteStable(server, _) => format!("{server:#}'s write is stable"),
            EventKind::PauseOver(server) => format!("{server:#}'s pause ends"),
            EventKind::LeaseOver(server) => {
                format!("The read lease of one of {server:#}'s rounds ends")
            }
            EventKind::ClientTimedOut(client, serial) => {
                format!("{client:#} times out on command {serial}")
            }
            EventKind::ClientRetried(client, serial) => {
                format!("{client:#} retries command {serial}")
            }
            EventKind::LoadSent(client, serial) => {
                format!("{client:#} sends command {serial} of the load")
            }
        }
    }

    /// What it is about: the first decision that is not routine, or else what happened.
    pub fn topic(&self) -> Topic {
        let mut topics = self.whys.iter().map(|(_, why)| why.topic());
        let decided = topics.find(|topic| *topic != Topic::Messages);
        match &self.kind {
            EventKind::Started | EventKind::Acted(_) | EventKind::PauseOver(_) => Topic::Faults,
            EventKind::ClientTimedOut(..)
            | EventKind::ClientRetried(..)
            | EventKind::LoadSent(..) => Topic::Clients,
            EventKind::TimerFired(_, Timer::Election) => Topic::Elections,
            EventKind::Delivered(note) if note.to.client().is_some() => Topic::Clients,
            EventKind::Delivered(_)
            | EventKind::Stalled(_)
            | EventKind::Lost(..)
            | EventKind::TimerFired(
                _,
                Timer::Heartbeat | Timer::Quorum | Timer::Transfer | Timer::CatchUp,
            )
            | EventKind::WriteStable(..)
            | EventKind::LeaseOver(_) => decided.unwrap_or(Topic::Messages),
        }
    }

    /// Whether it happened of itself, so that its causes explain nothing more: a person or a
    /// script acted, or an election timer fired, which nothing had reset.
    pub fn is_first_cause(&self) -> bool {
        match self.kind {
            EventKind::Started
            | EventKind::Acted(_)
            | EventKind::TimerFired(_, Timer::Election)
            | EventKind::LoadSent(..) => true,
            EventKind::Delivered(_)
            | EventKind::Stalled(_)
            | EventKind::Lost(..)
            | EventKind::TimerFired(
                _,
                Timer::Heartbeat | Timer::Quorum | Timer::Transfer | Timer::CatchUp,
            )
            | EventKind::WriteStable(..)
            | EventKind::PauseOver(_)
            | EventKind::LeaseOver(_)
            | EventKind::ClientTimedOut(..)
            | EventKind::ClientRetried(..) => self.cause.is_none(),
        }
    }

    /// The servers that it concerns.
    pub fn servers(&self) -> ServerSet {
        let decided = self.touched.iter();
        let named = match &self.kind {
            EventKind::Delivered(note) | EventKind::Stalled(note) | EventKind::Lost(note, _) => {
                [note.from.server(), note.to.server()]
            }
            EventKind::TimerFired(server, _)
            | EventKind::WriteStable(server, _)
            | EventKind::PauseOver(server)
            | EventKind::LeaseOver(server) => [Some(*server), None],
            EventKind::Started
            | EventKind::Acted(_)
            | EventKind::ClientTimedOut(..)
            | EventKind::ClientRetried(..)
            | EventKind::LoadSent(..) => [None, None],
        };
        named.into_iter().flatten().chain(decided).collect()
    }
}

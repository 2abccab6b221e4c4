//! A message of the diagram, and the 32 bytes that it is kept in.

use crate::raft::{Address, ClientId, Kind, SERVERS_MAX, ServerId, Term};
use crate::sim::{EventId, Loss, MessageFate, MessageId, MessageSummary, Micros};

/// A message: a line from one lane to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DiagramMessage {
    /// The number of its [`Flight`](crate::sim::Flight).
    pub id: MessageId,
    /// The event in which it arrived or was lost; 0 while it is in flight.
    pub event: EventId,
    pub kind: Kind,
    /// Whether it is a plain heartbeat, or the acceptance of one.
    pub heartbeat: bool,
    /// Whether a reply grants or accepts.
    pub verdict: Option<bool>,
    /// Whether an answer sends the client to another server.
    pub redirect: bool,
    pub from: Address,
    pub to: Address,
    /// 0 from a client.
    pub term: Term,
    pub sent_us: Micros,
    /// When it arrived or was lost; when it will arrive, while it is in flight.
    pub ended_us: Micros,
    pub ending: Ending,
    /// How much of its way it went, from 0 to 1. Only a lost message goes less than all of it.
    pub share: f32,
}

/// How a message ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Delivered,
    /// It reached a paused server. If the server resumes, another one with the
    /// same number is `DeliveredLate`.
    Stalled,
    /// It was delivered when its receiver resumed.
    DeliveredLate,
    Lost(Loss),
    /// It has not ended yet.
    InFlight,
    /// It is held: `release` or `discard` will end it.
    Held,
}

impl DiagramMessage {
    pub(super) fn of(
        summary: &MessageSummary,
        (event, time_us): (EventId, Micros),
        arrival: MessageFate,
    ) -> DiagramMessage {
        let (ending, share) = match arrival {
            MessageFate::Delivered => (Ending::Delivered, 1.0),
            MessageFate::Stalled => (Ending::Stalled, 1.0),
            MessageFate::Lost(Loss::Crashed) => (Ending::Lost(Loss::Crashed), 1.0),
            MessageFate::Lost(loss) => (Ending::Lost(loss), share_at(summary, time_us)),
        };
        DiagramMessage {
            id: summary.id,
            event,
            kind: summary.kind,
            heartbeat: summary.kind == Kind::Append && summary.entries == Some(0),
            verdict: summary.verdict,
            redirect: summary.redirect,
            from: summary.from,
            to: summary.to,
            term: summary.term,
            sent_us: summary.sent_us,
            ended_us: time_us,
            ending,
            share,
        }
    }

    /// A message that has not ended yet, as far as it has come at that moment.
    pub(super) fn in_flight(summary: &MessageSummary, held: bool, now_us: Micros) -> Self {
        let ended_us = if held { now_us } else { summary.due_us };
        let message = DiagramMessage::of(summary, (0, ended_us), MessageFate::Delivered);
        match held {
            true => DiagramMessage { ending: Ending::Held, share: 0.0, ..message },
            false => DiagramMessage {
                ending: Ending::InFlight,
                share: share_at(summary, now_us),
                ..message
            },
        }
    }

    /// Whether it was lost.
    pub fn is_lost(&self) -> bool {
        matches!(self.ending, Ending::Lost(_))
    }
}

/// The share of its way that a message has gone at that moment.
fn share_at(summary: &MessageSummary, time_us: Micros) -> f32 {
    let whole_us = summary.due_us.saturating_sub(summary.sent_us);
    let gone_us = time_us.saturating_sub(summary.sent_us).min(whole_us);
    if whole_us == 0 { 1.0 } else { gone_us as f32 / whole_us as f32 }
}

/// A message in 32 bytes.
///
/// Numbers of messages and events are kept in 32 bits. A run with more of them would take more
/// memory than a page has, and is refused long before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PackedMessage {
    pub sent_us: Micros,
    pub ended_us: Micros,
    pub id: u32,
    pub event: u32,
    term: u32,
    /// A slot of a server, or of a client after all of those.
    from: u8,
    to: u8,
    /// The kind in four bits, the verdict in two, `heartbeat` and `redirect` in one each.
    what: u8,
    /// The ending in three bits, the share of the way in five.
    end: u8,
}

const HEARTBEAT: u8 = 1 << 6;
const REDIRECT: u8 = 1 << 7;
const SHARE_MAX: f32 = 31.0;

const ENDINGS: [Ending; 8] = [
    Ending::Delivered,
    Ending::Stalled,
    Ending::DeliveredLate,
    Ending::Lost(Loss::Chance),
    Ending::Lost(Loss::Cut),
    Ending::Lost(Loss::Dropped),
    Ending::Lost(Loss::Crashed),
    Ending::Lost(Loss::Discarded),
];

impl PackedMessage {
    pub fn pack(message: &DiagramMessage) -> PackedMessage {
        let kind = Kind::ALL.iter().position(|kind| *kind == message.kind).unwrap_or(0) as u8;
        let verdict = match message.verdict {
            None => 0,
            Some(false) => 1,
            Some(true) => 2,
        };
        let ending = ENDINGS.iter().position(|ending| *ending == message.ending).unwrap_or(0);
        let share = (message.share * SHARE_MAX).round() as u8;
        let flag = |is: bool, bit: u8| if is { bit } else { 0 };
        PackedMessage {
            sent_us: message.sent_us,
            ended_us: message.ended_us,
            id: narrow(message.id),
            event: narrow(message.event),
            term: narrow(message.term),
            from: code(message.from),
            to: code(message.to),
            what: kind
                | verdict << 4
                | flag(message.heartbeat, HEARTBEAT)
                | flag(message.redirect, REDIRECT),
            end: ending as u8 | share << 3,
        }
    }

    pub fn unpack(&self) -> DiagramMessage {
        DiagramMessage {
            id: self.id.into(),
            event: self.event.into(),
            kind: Kind::ALL[usize::from(self.what & 15).min(Kind::ALL.len() - 1)],
            heartbeat: self.is_heartbeat(),
            verdict: match self.what >> 4 & 3 {
                0 => None,
                verdict => Some(verdict == 2),
            },
            redirect: self.what & REDIRECT != 0,
            from: address(self.from),
            to: address(self.to),
            term: self.term.into(),
            sent_us: self.sent_us,
            ended_us: self.ended_us,
            ending: ENDINGS[usize::from(self.end & 7)],
            share: f32::from(self.end >> 3) / SHARE_MAX,
        }
    }

    /// The same message in another run has other numbers.
    pub fn without_numbers(self) -> PackedMessage {
        PackedMessage { id: 0, event: 0, ..self }
    }

    /// Whether it is a plain heartbeat, or the acceptance of one, and was not lost.
    pub fn is_routine(&self) -> bool {
        self.is_heartbeat() && self.end & 7 == 0
    }

    pub fn is_heartbeat(&self) -> bool {
        self.what & HEARTBEAT != 0
    }
}

fn narrow(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn code(address: Address) -> u8 {
    match address {
        Address::Server(server) => server.slot() as u8,
        Address::Client(client) => (SERVERS_MAX + client.slot()) as u8,
    }
}

fn address(code: u8) -> Address {
    match usize::from(code) {
        slot if slot < SERVERS_MAX => ServerId::from_slot(slot).into(),
        code => ClientId::from_slot(code - SERVERS_MAX).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_takes_32_bytes_and_comes_back_as_it_was() {
        assert_eq!(size_of::<PackedMessage>(), 32);
        for (number, kind) in Kind::ALL.into_iter().enumerate() {
            for (ending, verdict) in ENDINGS.into_iter().zip([None, Some(true), Some(false)]) {
                let message = DiagramMessage {
                    id: 70_000 + number as u64,
                    event: 80_000,
                    kind,
                    heartbeat: number % 2 == 0,
                    verdict,
                    redirect: number % 3 == 0,
                    from: ServerId::from_slot(8).into(),
                    to: ClientId::from_slot(number % 9).into(),
                    term: 17,
                    sent_us: 5_000_000_000_000,
                    ended_us: 5_000_000_012_345,
                    ending,
                    share: 15.0 / SHARE_MAX,
                };
                assert_eq!(PackedMessage::pack(&message).unpack(), message);
            }
        }
    }
}

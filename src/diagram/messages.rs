//! The messages of a run, in the order in which they ended.

use crate::shared_list::SharedList;
use crate::sim::{EventId, MessageId, Micros};

use super::lane::first_difference;
use super::message::{DiagramMessage, PackedMessage};

/// The most messages, some 10 MB. Then the older ones are thinned out.
const MESSAGES_MAX: usize = 300_000;
/// How many are left then.
const THINNED: usize = 200_000;
/// How many messages one block sums up.
const BLOCK: usize = 128;

/// The messages that have ended. Clones share what they have in common.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    /// Their events, and so the moments at which they ended, go up.
    list: SharedList<PackedMessage>,
    /// For each whole block of messages, the earliest moment at which one of them was sent.
    sent_from_us: SharedList<Micros>,
    /// Plain heartbeats and their answers that ended before this moment are not known any more.
    heartbeats_from_us: Micros,
    /// No message that ended before this moment is known any more.
    all_from_us: Micros,
}

impl Messages {
    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.len() == 0
    }

    /// Plain heartbeats and their answers that ended before this moment are not known any more.
    pub fn heartbeats_from_us(&self) -> Micros {
        self.heartbeats_from_us
    }

    /// No message that ended before this moment is known any more.
    pub fn all_from_us(&self) -> Micros {
        self.all_from_us
    }

    /// All messages, in the order in which they ended.
    pub fn iter(&self) -> impl Iterator<Item = DiagramMessage> {
        self.list.iter().map(PackedMessage::unpack)
    }

    /// The message that ended in that event.
    pub fn of_event(&self, event: EventId) -> Option<DiagramMessage> {
        let message = self.list.get(self.position(event))?;
        (EventId::from(message.event) == event).then(|| message.unpack())
    }

    /// The message of that number; of a message that waited at a paused server, the last one. It
    /// looks at every message.
    pub fn of_number(&self, id: MessageId) -> Option<DiagramMessage> {
        let found = self.list.iter().filter(|message| MessageId::from(message.id) == id);
        found.last().map(PackedMessage::unpack)
    }

    /// The messages that ended after an event, oldest first, or those before it, newest first.
    pub fn around(&self, event: EventId, ahead: bool) -> impl Iterator<Item = DiagramMessage> {
        let first = self.position(event.saturating_add(ahead.into()));
        let places = if ahead { first..self.list.len() } else { 0..first };
        let len = places.len();
        let start = places.start;
        let place = move |step: usize| if ahead { start + step } else { len - 1 - step };
        let found = (0..len).filter_map(move |step| self.list.get(place(step)));
        found.map(PackedMessage::unpack)
    }

    /// The number of messages that ended in a stretch of time.
    pub fn count_between(&self, from_us: Micros, to_us: Micros) -> usize {
        self.ended_by(to_us).saturating_sub(self.ended_before(from_us))
    }

    /// The messages that were on their way at some moment of a stretch of time. `step` of 1 gives
    /// all of them, a greater one gives every nth of those that ended in it.
    pub fn between(
        &self,
        from_us: Micros,
        to_us: Micros,
        step: usize,
    ) -> impl Iterator<Item = DiagramMessage> {
        let (first, end) = (self.ended_before(from_us), self.ended_by(to_us));
        let step = step.max(1);
        // The same ones whatever the window, or a picture that moves would flicker.
        let aligned = first.next_multiple_of(step);
        let inside = (aligned..end).step_by(step).filter_map(|at| self.list.get(at));
        // Those that ended later: only blocks with one that was sent early enough.
        let later = (end / BLOCK..self.list.len().div_ceil(BLOCK))
            .filter(move |block| self.sent_from_us.get(*block).is_none_or(|us| *us <= to_us))
            .flat_map(|block| block * BLOCK..(block + 1) * BLOCK)
            .filter(move |at| *at >= end)
            .filter_map(|at| self.list.get(at))
            .filter(move |message| message.sent_us <= to_us);
        inside.chain(later).map(PackedMessage::unpack)
    }

    /// How many ended before that moment.
    fn ended_before(&self, time_us: Micros) -> usize {
        self.list.partition_point(self.list.len(), |message| message.ended_us < time_us)
    }

    fn ended_by(&self, time_us: Micros) -> usize {
        self.list.partition_point(self.list.len(), |message| message.ended_us <= time_us)
    }

    /// How many ended before that event.
    fn position(&self, event: EventId) -> usize {
        self.list.partition_point(self.list.len(), |it| EventId::from(it.event) < event)
    }

    pub(super) fn push(&mut self, message: &DiagramMessage) {
        if self.list.len() == MESSAGES_MAX {
            self.thin();
        }
        self.add(PackedMessage::pack(message));
    }

    fn add(&mut self, message: PackedMessage) {
        self.list.push(message);
        if self.list.len().is_multiple_of(BLOCK) {
            let block = self.list.iter_from(self.list.len() - BLOCK);
            self.sent_from_us.push(block.map(|message| message.sent_us).min().unwrap_or(0));
        }
    }

    /// Drops the older plain heartbeats and, if that is not enough, the oldest messages.
    fn thin(&mut self) {
        let all = std::mem::take(self);
        let older = all.len() - MESSAGES_MAX / 4;
        let until_us = all.list.get(older).map_or(0, |message| message.ended_us);
        let is_kept =
            |message: &&PackedMessage| message.ended_us >= until_us || !message.is_routine();
        let kept = all.list.iter().filter(is_kept).count();
        let excess = kept.saturating_sub(THINNED);
        for message in all.list.iter().filter(is_kept).skip(excess) {
            self.add(*message);
        }
        self.heartbeats_from_us = all.heartbeats_from_us.max(until_us);
        let first_us = self.list.get(0).map_or(0, |message| message.ended_us);
        self.all_from_us = if excess > 0 { first_us } else { all.all_from_us };
    }

    /// Forgets everything after that event.
    pub(super) fn truncate(&mut self, event: EventId) {
        let len = self.position(event + 1);
        self.list.truncate(len);
        self.sent_from_us.truncate(len / BLOCK);
    }

    /// The first moment at which a message ended in one run only.
    pub(super) fn first_difference_us(&self, other: &Messages) -> Option<Micros> {
        let from_us = self.all_from_us.max(other.all_from_us);
        let plain_us = self.heartbeats_from_us.max(other.heartbeats_from_us);
        let known = |message: &&PackedMessage| {
            message.ended_us >= from_us && (message.ended_us >= plain_us || !message.is_routine())
        };
        let (here, there) = (self.list.iter().filter(known), other.list.iter().filter(known));
        first_difference(here, there, |message| (message.ended_us, message.without_numbers()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::Ending;
    use crate::raft::{Kind, ServerId};

    fn message(event: u64, heartbeat: bool) -> DiagramMessage {
        DiagramMessage {
            id: event,
            event,
            kind: Kind::Append,
            heartbeat,
            verdict: None,
            redirect: false,
            from: ServerId::from_slot(0).into(),
            to: ServerId::from_slot(1).into(),
            term: 1,
            sent_us: (event * 10).saturating_sub(25),
            ended_us: event * 10,
            ending: Ending::Delivered,
            share: 1.0,
        }
    }

    fn filled(count: u64) -> Messages {
        let mut messages = Messages::default();
        (1..=count).for_each(|event| messages.push(&message(event, event % 4 != 0)));
        messages
    }

    #[test]
    fn a_stretch_of_time_has_the_messages_that_were_on_their_way_in_it() {
        let mut messages = filled(1_000);
        messages.push(&DiagramMessage { sent_us: 5, ..message(1_001, false) });
        let at = |from_us, to_us, step| {
            let found = messages.between(from_us, to_us, step);
            found.map(|message| message.event).collect::<Vec<_>>()
        };
        assert_eq!(at(4_995, 5_012, 1), [500, 501, 502, 503, 1_001]);
        assert_eq!(messages.count_between(4_995, 5_012), 2);
        assert_eq!(at(4_000, 4_100, 4), [401, 405, 409, 411, 412, 1_001]);
        assert_eq!(messages.of_event(77).map(|message| message.ended_us), Some(770));
        assert_eq!(messages.of_event(2_000), None);
    }

    #[test]
    fn the_oldest_plain_heartbeats_go_first_and_the_rest_stays() {
        let messages = filled(MESSAGES_MAX as u64 + 1);
        assert!(messages.len() < THINNED, "{}", messages.len());
        let from_us = messages.heartbeats_from_us();
        assert!(from_us > 0 && messages.all_from_us() == 0);
        let newer = |message: &DiagramMessage| message.ended_us >= from_us;
        assert!(messages.iter().all(|message| !message.heartbeat || newer(&message)));
        let plain = messages.iter().filter(|message| !message.heartbeat).count();
        assert_eq!(plain, MESSAGES_MAX / 4);
        assert!(messages.len() > plain);
    }

    #[test]
    fn without_heartbeats_the_oldest_messages_go() {
        let mut messages = Messages::default();
        (1..=MESSAGES_MAX as u64 + 1).for_each(|event| messages.push(&message(event, false)));
        assert_eq!(messages.len(), THINNED + 1);
        assert_eq!(messages.all_from_us(), (MESSAGES_MAX - THINNED + 1) as u64 * 10);
    }

    #[test]
    fn two_lists_differ_from_the_first_message_that_one_lacks() {
        let (mut here, there) = (filled(600), filled(600));
        assert_eq!(here.first_difference_us(&there), None);
        here.truncate(444);
        assert_eq!(here.len(), 444);
        assert_eq!(here.first_difference_us(&there), Some(4_450));
        here.push(&DiagramMessage { term: 2, ..message(445, false) });
        assert_eq!(there.first_difference_us(&here), Some(4_450));
    }
}

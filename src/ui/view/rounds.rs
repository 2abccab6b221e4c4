//! Groups of events that belong together: the messages of one round to all followers.
//!
//! A leader sends AppendEntries to its followers in one event, the round. What arrives and what
//! comes back is grouped if it brings the same about everywhere: nothing new, the same commit
//! index, the same decisions.

use crate::raft::{CommitWhy, Kind, ServerId, ServerSet, Timer, Topic, Why};
use crate::sim::{Event, EventId, EventKind, Journal, MessageSummary};
use crate::ui::text;

/// What the events of a group have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// The event in which the leader sent the messages.
    sent: EventId,
    leader: ServerId,
    content: Content,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Content {
    /// Heartbeats and their replies, which bring nothing new.
    Heartbeats,
    /// Followers learn this commit index.
    Commit(u64),
    /// Followers decide the same.
    Arrivals(String),
    /// Followers accept the entries.
    Accepts,
}

impl Round {
    /// The group that the event belongs to, if any.
    pub fn of(journal: &Journal, event: &Event) -> Option<Round> {
        let is_routine = event.topic() == Topic::Messages;
        let (note, arrives) = match &event.kind {
            EventKind::Delivered(note) => (note, true),
            EventKind::Lost(note, _) => (note, false),
            EventKind::TimerFired(leader, Timer::Heartbeat) if is_routine => {
                let (sent, leader) = (event.id, *leader);
                return Some(Round { sent, leader, content: Content::Heartbeats });
            }
            _ => return None,
        };
        let sent = sent(journal, event, note)?;
        let (leader, entries) = match note.kind {
            Kind::Append => (note.from.server()?, note.entries),
            _ => (note.to.server()?, request(journal, event)?.entries),
        };
        let content = match note.kind {
            _ if is_routine && entries == Some(0) => Content::Heartbeats,
            _ if is_routine || !arrives => return None,
            Kind::Append => arrivals(event),
            _ => accepts(event, note)?,
        };
        Some(Round { sent, leader, content })
    }

    /// One sentence about all of them.
    pub fn title(&self, events: &[&Event]) -> String {
        let servers = servers(events, self.leader);
        match &self.content {
            Content::Heartbeats => {
                let lost = events.iter().filter(|event| matches!(event.kind, EventKind::Lost(..)));
                text::heartbeat_round(self.leader, heard(events), lost.count())
            }
            Content::Commit(index) => text::commit_reaches(*index, servers),
            Content::Arrivals(_) => text::appends_reach(self.leader, servers),
            Content::Accepts => text::accepts_reach(self.leader, servers),
        }
    }

    /// What all of them decide.
    pub fn decision(&self) -> &str {
        match &self.content {
            Content::Arrivals(decisions) => decisions,
            Content::Heartbeats | Content::Commit(_) | Content::Accepts => "",
        }
    }
}

/// The event in which the leader sent the message, or the request that it answers.
fn sent(journal: &Journal, event: &Event, note: &MessageSummary) -> Option<EventId> {
    match note.kind {
        Kind::Append => event.cause,
        Kind::AppendReply => request_event(journal, event)?.cause,
        _ => None,
    }
}

/// The arrival of the request that the reply answers. A slow disk delays the reply: then
/// the write lies between.
fn request_event<'a>(journal: &'a Journal, reply: &Event) -> Option<&'a Event> {
    let mut event = journal.get(reply.cause?)?;
    if let EventKind::WriteStable(..) = event.kind {
        event = journal.get(event.cause?)?;
    }
    matches!(&event.kind, EventKind::Delivered(note) if note.kind == Kind::Append).then_some(event)
}

fn request<'a>(journal: &'a Journal, reply: &Event) -> Option<&'a MessageSummary> {
    match &request_event(journal, reply)?.kind {
        EventKind::Delivered(note) => Some(note),
        _ => None,
    }
}

fn arrivals(event: &Event) -> Content {
    let decisive: Vec<&Why> =
        event.whys.iter().map(|(_, why)| why).filter(|why| !why.is_routine()).collect();
    let learned = decisive.iter().find_map(|why| match why {
        Why::Commit(CommitWhy::Learned { index, checked: true, .. }) => Some(*index),
        _ => None,
    });
    let only_commits = decisive.iter().all(|why| matches!(why, Why::Commit(_)));
    match learned.filter(|_| only_commits) {
        Some(index) => Content::Commit(index),
        None => {
            let decisions = decisive.iter().map(|why| why.describe().decision);
            Content::Arrivals(decisions.collect::<Vec<_>>().join("; "))
        }
    }
}

fn accepts(event: &Event, note: &MessageSummary) -> Option<Content> {
    let only = event.whys.iter().all(|(_, why)| matches!(why, Why::Acknowledgement(_)));
    (only && note.verdict == Some(true)).then_some(Content::Accepts)
}

/// The other ends of the messages.
fn servers(events: &[&Event], leader: ServerId) -> ServerSet {
    let ends = events.iter().filter_map(|event| match &event.kind {
        EventKind::Delivered(note) | EventKind::Lost(note, _) => {
            Some([note.from.server(), note.to.server()])
        }
        _ => None,
    });
    ends.flatten().flatten().filter(|server| *server != leader).collect()
}

/// The servers that the heartbeats have reached.
fn heard(events: &[&Event]) -> ServerSet {
    let reached = events.iter().filter_map(|event| match &event.kind {
        EventKind::Delivered(note) if note.kind == Kind::Append => note.to.server(),
        _ => None,
    });
    reached.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::Session;

    fn titles(script: &str) -> Vec<String> {
        let mut session = Session::open(script).expect("a script");
        assert!(session.finish().ok);
        let journal = session.journal();
        let mut rounds: Vec<(Round, Vec<&Event>)> = Vec::new();
        for event in journal.events() {
            let Some(round) = Round::of(journal, event) else { continue };
            match rounds.iter_mut().find(|(known, _)| *known == round) {
                Some((_, events)) => events.push(event),
                None => rounds.push((round, vec![event])),
            }
        }
        rounds.iter().map(|(round, events)| round.title(events)).collect()
    }

    #[test]
    fn the_messages_of_a_round_are_one_group() {
        let found =
            titles("latency 15ms\nelection-timeout never\ntimeout s1\nwait leader\nrun 130ms\n");
        for title in [
            "AppendEntries from S1 reaches S2, S3, S4, S5",
            "S2, S4, S5 accept the entries of S1",
            "Commit index 1 reaches S2, S3, S4, S5",
            "Heartbeats of S1 reach S2, S3, S4, S5",
        ] {
            let is_found = found.iter().any(|found| found.starts_with(title));
            assert!(is_found, "{title}: {found:#?}");
        }
    }
}

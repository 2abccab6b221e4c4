//! What happened last, in a sentence: the line under the stage, and the servers that pulse.

use crate::raft::{ElectionWhy, Kind, ServerId, ServerSet, Topic, VoteWhy, Why};
use crate::sim::{Event, EventKind, Journal, Micros};
use crate::ui::text;

use super::reasons::ReasonModel;

/// How far to look back for an event that matters.
const LOOK_BACK: usize = 200;

/// The newest event; while time passes, the newest one that matters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LatestModel {
    /// The number of the event; 0 if there is none.
    pub event: u64,
    pub time_us: Micros,
    /// The servers that decided something, or else those that it concerns.
    pub servers: ServerSet,
    /// What happened, without a full stop.
    pub sentence: String,
    /// Why, where the sentence does not say it.
    pub fact: String,
}

/// `before`: the model before, if time has only passed since.
pub(super) fn model(journal: &Journal, playing: bool, before: Option<&LatestModel>) -> LatestModel {
    let known = before.map_or(0, |before| before.event);
    let mut newest = journal.events().rev().take(LOOK_BACK);
    let found = if playing {
        newest.take_while(|event| event.id > known).find(|event| matters(event))
    } else {
        newest.next()
    };
    match (found, before) {
        (Some(event), _) => LatestModel::of(event),
        (None, Some(before)) => before.clone(),
        (None, None) => LatestModel::default(),
    }
}

/// Whether it is more than what every heartbeat brings.
pub fn matters(event: &Event) -> bool {
    let is_loss = match &event.kind {
        EventKind::Lost(note, _) => {
            note.entries != Some(0)
                && !matches!((note.kind, note.verdict), (Kind::AppendReply, Some(true)))
        }
        _ => false,
    };
    is_loss || event.topic() != Topic::Messages
}

impl LatestModel {
    fn of(event: &Event) -> LatestModel {
        let (sentence, fact) = sentence(event);
        LatestModel {
            event: event.id,
            time_us: event.time_us,
            servers: servers(event),
            sentence,
            fact,
        }
    }
}

fn servers(event: &Event) -> ServerSet {
    let decided: ServerSet = event.whys.iter().map(|(server, _)| *server).collect();
    match (&event.kind, decided.is_empty()) {
        (EventKind::Delivered(note), true) => note.to.server().into_iter().collect(),
        (_, true) => event.servers(),
        (_, false) => decided,
    }
}

/// The sentence, and the fact behind it.
fn sentence(event: &Event) -> (String, String) {
    if let Some(said) = election(event) {
        return (said, String::new());
    }
    let decision = match &event.kind {
        EventKind::Acted(_) | EventKind::Lost(..) => None,
        _ => decisive(event),
    };
    let Some((server, why)) = decision else { return (event.title(), String::new()) };
    let reason = ReasonModel::of(*server, why);
    (format!("{}: {}", text::server(*server), reason.decision), reason.fact)
}

/// The last decision that matters, or else the last one.
fn decisive(event: &Event) -> Option<&(ServerId, Why)> {
    let decided = event.whys.iter().rev();
    decided.clone().find(|(_, why)| why.topic() != Topic::Messages).or(event.whys.iter().last())
}

/// An election's decisive moments: `S4 votes for S3: 3 of 5, leader of term 1`.
fn election(event: &Event) -> Option<String> {
    let elected = event.whys.iter().find_map(|(_, why)| match *why {
        Why::Election(ElectionWhy::Elected { term, .. }) => Some(term),
        _ => None,
    });
    let (said, votes) = event.whys.iter().find_map(|(server, why)| match *why {
        Why::Vote(VoteWhy::Counted { from, candidate, granted, tally }) => {
            let said = text::vote(from, candidate, granted, tally.pre_vote);
            Some((said, tally.votes.to_string()))
        }
        Why::Vote(VoteWhy::Granted { candidate, .. }) => {
            Some((text::vote(*server, candidate, true, false), String::new()))
        }
        _ => None,
    })?;
    let Some(term) = elected else {
        return Some(if votes.is_empty() { said } else { format!("{said}: {votes}") });
    };
    Some(format!("{said}: {votes}, leader of term {term}"))
}

//! What happened last, in a sentence: the line under the stage, and the servers that pulse.

use crate::raft::{CommitWhy, ElectionWhy, Kind, ServerId, ServerSet, Topic, VoteWhy, Why};
use crate::sim::{Event, EventKind, Journal, Micros};
use crate::ui::text;

use super::reasons::ReasonModel;

/// How far to look back for an event that matters.
pub(super) const LOOK_BACK: usize = 200;

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
        let (sentence, fact) = sentence_of(event);
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
fn sentence_of(event: &Event) -> (String, String) {
    if let Some(said) = election(event) {
        return (said, String::new());
    }
    let decisions = match &event.kind {
        EventKind::Started | EventKind::Acted(_) | EventKind::Lost(..) => Vec::new(),
        _ => decisive(event),
    };
    match decisions[..] {
        [] => (event.title(), String::new()),
        [(server, why)] => {
            let reason = ReasonModel::of(server, why);
            (format!("{}: {}", text::server(server), reason.decision), reason.fact)
        }
        [(server, _), ..] => {
            let decisions = decisions.iter().map(|(_, why)| why.describe().decision);
            let decisions: Vec<String> = decisions.collect();
            (format!("{}: {}", text::server(server), decisions.join("; ")), String::new())
        }
    }
}

/// The decisions that matter of the first server that decided, or else its last decision. That an
/// entry is applied goes without saying where it was committed.
fn decisive(event: &Event) -> Vec<(ServerId, &Why)> {
    let Some((server, last)) = event.whys.first().zip(event.whys.last()) else {
        return Vec::new();
    };
    let own = event.whys.iter().filter(|(decider, why)| {
        let applies = matches!(why, Why::Commit(CommitWhy::AppliedUpTo { .. }));
        *decider == server.0 && why.topic() != Topic::Messages && !applies
    });
    let own: Vec<(ServerId, &Why)> = own.map(|(decider, why)| (*decider, why)).collect();
    if own.is_empty() { vec![(last.0, &last.1)] } else { own }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::Session;

    fn latest(script: &str, playing: bool) -> LatestModel {
        let mut session = Session::open(script).expect("a script");
        assert!(session.finish().ok);
        model(session.journal(), playing, None)
    }

    #[test]
    fn a_won_election_and_a_truncation_are_said_in_a_sentence() {
        let election = "latency 15ms\nelection-timeout never\ntimeout s1\nwait leader\n";
        let sentence = latest(election, false).sentence;
        assert!(sentence.ends_with(" votes for S1: 3 of 5, leader of term 1"), "{sentence}");
        let truncation = "servers 3\nlatency 15ms\nelection-timeout never\ntimeout s1\nsettle\n\
            partition s1 | s2,s3\nset lost 1 via s1\nrun 20ms\ntimeout s2\nrun 100ms\nheal\n\
            run 60ms\n";
        let mut session = Session::open(truncation).expect("a script");
        session.finish();
        let said: Vec<String> =
            session.journal().events().map(|event| sentence_of(event).0).collect();
        let deleted = said.iter().find(|said| said.contains("deletes entry 2"));
        let deleted = deleted.unwrap_or_else(|| panic!("{said:#?}"));
        assert!(deleted.starts_with("S1: adopts term 2, returns to follower; "), "{deleted}");
    }

    #[test]
    fn while_time_passes_heartbeats_do_not_replace_what_mattered() {
        let script = "latency 15ms\nelection-timeout never\ntimeout s1\nrun 500ms\n";
        let (passing, standing) = (latest(script, true), latest(script, false));
        assert!(passing.event < standing.event);
        assert!(passing.sentence.contains("commit index 1"), "{}", passing.sentence);
    }
}

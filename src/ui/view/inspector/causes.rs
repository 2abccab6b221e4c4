//! The chain of causes of an event, down to a timer or to what a person did.
//!
//! An election timeout is a first cause: nothing made it fire. What a reader asks then is why no
//! heartbeat reset the timer. The chain answers it where the journal proves the answer: the leader
//! that was heard last was stopped, or its link was cut, or its heartbeats were lost.

use crate::raft::{Kind, Role, ServerId, Timer, Why};
use crate::sim::{Activity, Event, EventId, EventKind, Journal, Micros, ServerValue};
use crate::ui::text;

use crate::ui::view::reasons::ReasonModel;

/// The most events of a chain.
const CHAIN_MAX: usize = 12;

/// An event on the way to another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CauseModel {
    pub event: EventId,
    pub time_us: Micros,
    pub title: String,
    /// A person or a script acted.
    pub act: bool,
    /// The decisions that led on, with their reasons.
    pub decisive: Vec<ReasonModel>,
    /// What else was decided in the event.
    pub others: Vec<ReasonModel>,
    /// What the journal proves besides.
    pub note: Option<String>,
}

/// The events that led to another one, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ChainModel {
    pub causes: Vec<CauseModel>,
    /// Earlier causes are not recorded.
    pub is_cut: bool,
}

/// The event, its cause, and so on.
pub fn chain(journal: &Journal, id: EventId) -> ChainModel {
    let mut chain = ChainModel::default();
    let mut next = Some(id);
    // The server whose decision led on.
    let mut led_on = None;
    while let Some(id) = next {
        let Some(event) = journal.get(id) else {
            chain.is_cut = true;
            break;
        };
        chain.causes.push(cause(event, led_on));
        if chain.causes.len() == CHAIN_MAX {
            chain.is_cut = event.cause.is_some() && !event.is_first_cause();
            break;
        }
        if let EventKind::TimerFired(server, Timer::Election) = event.kind {
            add_silence(journal, event, server, &mut chain.causes);
        }
        led_on = sender(event);
        next = event.cause.filter(|_| !event.is_first_cause());
    }
    chain
}

/// Where what an event brings about began.
fn sender(event: &Event) -> Option<ServerId> {
    match &event.kind {
        EventKind::Delivered(note) => note.from.server(),
        EventKind::TimerFired(server, _) | EventKind::WriteStable(server, _) => Some(*server),
        _ => None,
    }
}

fn cause(event: &Event, led_on: Option<ServerId>) -> CauseModel {
    let leads_on = |server: ServerId, why: &Why| {
        !why.is_routine() && led_on.is_none_or(|led_on| led_on == server)
    };
    let models = |wanted: bool| {
        let whys = event.whys.iter().filter(|(server, why)| leads_on(*server, why) == wanted);
        whys.map(|(server, why)| ReasonModel::of(*server, why)).collect()
    };
    let (mut decisive, mut others): (Vec<ReasonModel>, Vec<_>) = (models(true), models(false));
    if decisive.is_empty() {
        std::mem::swap(&mut decisive, &mut others);
    }
    CauseModel {
        event: event.id,
        time_us: event.time_us,
        title: event.title(),
        act: matches!(event.kind, EventKind::Acted(_)),
        decisive,
        others,
        note: None,
    }
}

/// Says how long the server had heard nothing, and adds what silenced the leader that it followed.
fn add_silence(journal: &Journal, fired: &Event, server: ServerId, causes: &mut Vec<CauseModel>) {
    let Some(reset) = fired.cause.and_then(|id| journal.get(id)) else { return };
    let quiet_us = fired.time_us - reset.time_us;
    let leader = heard(reset, server);
    let note = match leader {
        Some(leader) => text::silent_since(leader, reset.time_us, quiet_us),
        None => text::timer_set(reset.time_us, quiet_us),
    };
    if let Some(cause) = causes.last_mut() {
        cause.note = Some(note);
    }
    let Some(leader) = leader else { return };
    // The leader may have been stopped while its last heartbeat was on the way.
    let since = reset.cause.unwrap_or(reset.id);
    let between = || journal.events().filter(|event| since < event.id && event.id < fired.id);
    let Some((event, note)) = silencer(between, leader, server) else { return };
    let mut cause = cause(event, None);
    cause.note = Some(note);
    causes.push(cause);
}

/// The leader whose message reset the timer of that server.
fn heard(reset: &Event, server: ServerId) -> Option<ServerId> {
    match &reset.kind {
        EventKind::Delivered(note)
            if matches!(note.kind, Kind::Append | Kind::InstallSnapshot)
                && note.to.server() == Some(server) =>
        {
            note.from.server()
        }
        _ => None,
    }
}

/// The event that kept heartbeats from the server, and a sentence of it. It counts only if it held
/// until the timer fired.
fn silencer<'a, I>(
    between: impl Fn() -> I,
    leader: ServerId,
    server: ServerId,
) -> Option<(&'a Event, String)>
where
    I: DoubleEndedIterator<Item = &'a Event>,
{
    if let Some(event) = between().rfind(|event| event.sets(leader, ServerValue::Role))
        && let Some(change) = event.change_of(leader)
        && change.before.role == Role::Leader
    {
        let crashed = by_act(event) && change.after.activity == Activity::Crashed;
        let note = match crashed {
            true => text::crashed_leader(event, leader),
            false => text::stepped_down(leader),
        };
        return Some((event, note));
    }
    let newest = between().rfind(|event| event.sets(leader, ServerValue::Activity));
    if let Some(event) = newest.filter(|event| by_act(event))
        && event.change_of(leader).is_some_and(|change| change.after.activity == Activity::Paused)
    {
        return Some((event, text::paused_leader(event, leader)));
    }
    let is_link = |event: &Event, up: bool| {
        let links = event.details.iter().flat_map(|details| &details.links);
        links.into_iter().any(|link| (link.from, link.to, link.up) == (leader, server, up))
    };
    let newest = between().rfind(|event| is_link(event, true) || is_link(event, false));
    if let Some(event) = newest.filter(|event| is_link(event, false) && by_act(event)) {
        return Some((event, text::cut_from_leader(event, leader, server)));
    }
    let lost = between().rfind(|event| match &event.kind {
        EventKind::Lost(note, _) => {
            matches!(note.kind, Kind::Append | Kind::InstallSnapshot)
                && note.from.server() == Some(leader)
                && note.to.server() == Some(server)
        }
        _ => false,
    })?;
    Some((lost, text::heartbeat_lost(leader, server)))
}

fn by_act(event: &Event) -> bool {
    matches!(event.kind, EventKind::Acted(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::ElectionWhy;
    use crate::script::Session;

    /// The notes of the chain of the newest campaign.
    fn notes(script: &str) -> Vec<String> {
        let mut session = Session::open(script).expect("a script");
        let report = session.finish();
        assert!(report.ok, "{:?}", report.failures);
        let campaigns = |(_, why): &(ServerId, Why)| {
            matches!(why, Why::Election(ElectionWhy::Campaigned { .. }))
        };
        let mut newest = session.journal().events().rev();
        let campaign = newest.find(|event| event.whys.iter().any(campaigns)).expect("a campaign");
        let chain = chain(session.journal(), campaign.id);
        chain.causes.into_iter().filter_map(|cause| cause.note).collect()
    }

    const LEADER: &str = "servers 3\nlatency 15ms\nelection-timeout 150ms..300ms\nseed 4\n\
        timeout s1\nwait leader\nrun 200ms\n";

    #[test]
    fn the_chain_of_an_election_ends_with_what_silenced_the_leader() {
        for (act, said) in [
            ("crash s1", "you crashed the leader S1 → its heartbeats stopped"),
            ("pause s1", "you paused the leader S1 → its heartbeats stopped"),
            ("partition s1 | s2,s3", "you cut the link from the leader S1"),
            ("drop all append from s1", "a message of the leader S1 was lost"),
        ] {
            let notes = notes(&format!("{LEADER}{act}\nrun 400ms\n"));
            assert!(notes[0].starts_with("last heard from the leader S1 at"), "{act}: {notes:?}");
            assert!(notes[1].starts_with(said), "{act}: {notes:?}");
        }
    }

    #[test]
    fn an_act_that_did_not_silence_the_leader_is_not_blamed() {
        // A follower crashes, the leader pauses and resumes, a link is cut and healed.
        for acts in ["crash s3", "pause s1\nrun 10ms\nresume s1", "cut s1 <-> s2\nheal"] {
            let notes = notes(&format!("{LEADER}{acts}\nrun 100ms\ntimeout s2\nrun 5ms\n"));
            assert!(notes.iter().all(|note| !note.contains("you ")), "{acts}: {notes:?}");
        }
        // The first election: no leader was there.
        let first = notes("servers 3\nseed 4\nwait leader\n");
        assert!(first.iter().all(|note| note.starts_with("its timer was set at")), "{first:?}");
    }
}

//! The decisive events on the way to one side of a violation.

use crate::check::evidence::{Evidence, Side};
use crate::raft::{AppendWhy, CommitWhy, ElectionWhy, Kind, Reason, Rule, ServerId, VoteWhy, Why};
use crate::sim::{Act, Event, EventId, EventKind, Journal, Micros};

use super::cone::{Causes, causal_past};
use super::culprit::{Deviation, is_harmless_alone};

/// The most steps of a chain.
const STEPS_MAX: usize = 9;
/// The most decisions of a chain that a rule would have prevented, besides those on its way.
const DEVIATIONS_MAX: usize = 3;

/// The most crashes and restarts of a chain that took what was not written.
const FORGOTTEN_MAX: usize = 2;

/// How one side of a violation came to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// What came to be, as in "S1 leads term 2".
    pub title: String,
    /// The oldest first.
    pub steps: Vec<Step>,
    /// Earlier events were not kept.
    pub is_cut: bool,
}

/// An event on the way to a violation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub event: EventId,
    pub time_us: Micros,
    pub title: String,
    /// A person or a script acted.
    pub is_action: bool,
    /// The decision that led on, and the server that made it.
    pub reason: Option<(ServerId, Reason)>,
    /// The rule that would have prevented the decision, but was off.
    pub broken: Option<Rule>,
}

/// One chain for each side. A decision that led to both sides, and is on the way to neither, stands
/// in the chain of the later one: without it, that one could not contradict the other.
pub(super) fn chains(
    evidence: &Evidence,
    journal: &Journal,
    deviations: &[Deviation],
) -> Vec<Chain> {
    let sides = evidence.sides();
    let ways: Vec<_> = sides.iter().map(|side| way_to(*side, journal)).collect();
    let mut shown: Vec<EventId> =
        ways.iter().flat_map(|(way, _)| way).map(|waypoint| waypoint.event.id).collect();
    let mut chains = Vec::new();
    for (side, (mut waypoints, is_cut)) in sides.into_iter().zip(ways).rev() {
        let past = causal_past(journal, side.event());
        let is_new = |deviation: &Deviation| {
            past.iter().any(|event| event.id == deviation.event)
                && !shown.contains(&deviation.event)
        };
        let extra: Vec<&Deviation> = deviations.iter().filter(|new| is_new(new)).collect();
        shown.extend(extra.iter().map(|deviation| deviation.event));
        for deviation in extra.into_iter().take(DEVIATIONS_MAX) {
            let server = Some(deviation.server);
            waypoints.extend(journal.get(deviation.event).map(|event| Waypoint { event, server }));
        }
        let forgot =
            past.iter().filter(|event| forgets(event, deviations) && !shown.contains(&event.id));
        let forgot: Vec<&Event> = forgot.copied().take(FORGOTTEN_MAX).collect();
        shown.extend(forgot.iter().map(|event| event.id));
        waypoints.extend(forgot.into_iter().map(|event| Waypoint { event, server: None }));
        waypoints.sort_by_cached_key(|waypoint| waypoint.event.id);
        waypoints.dedup_by_key(|waypoint| waypoint.event.id);
        let steps = waypoints.iter().map(|waypoint| waypoint.step(side)).collect();
        chains.push(Chain { title: side.title(), steps: shortened(steps), is_cut });
    }
    chains.reverse();
    chains
}

/// An event on the way to one side.
struct Waypoint<'a> {
    event: &'a Event,
    /// The server whose decision led on, if one did.
    server: Option<ServerId>,
}

/// The causes of a side that decide something, and the votes of an election.
fn way_to(side: Side, journal: &Journal) -> (Vec<Waypoint<'_>>, bool) {
    let causes = Causes::of(journal, side.event());
    let is_decisive = |waypoint: &Waypoint<'_>| {
        waypoint.event.id == side.event()
            || waypoint.event.is_first_cause()
            || waypoint.event.whys.iter().any(|(_, why)| !why.is_routine())
    };
    // What an event brings about begins where its message comes from or its timer runs.
    let led_on = |effect: &Event| match &effect.kind {
        EventKind::Delivered(note) => note.from.server(),
        EventKind::TimerFired(server, _) | EventKind::WriteStable(server, _) => Some(*server),
        _ => None,
    };
    let servers =
        [side.server()].into_iter().chain(causes.events.iter().map(|event| led_on(event)));
    let events = causes.events.iter().copied();
    let way = events.zip(servers).map(|(event, server)| Waypoint { event, server });
    let mut waypoints: Vec<Waypoint<'_>> = way.filter(is_decisive).collect();
    if let Side::Elected(origin, term) = side {
        let cast = |event: &Event| match event.kind {
            EventKind::Delivered(note)
                if note.kind == Kind::Vote
                    && note.verdict == Some(true)
                    && note.to.server() == Some(origin.server)
                    && note.term == term =>
            {
                Some(Waypoint { event: journal.get(event.cause?)?, server: note.from.server() })
            }
            _ => None,
        };
        let events = journal.events().take_while(|event| event.id <= origin.event);
        waypoints.extend(events.filter_map(cast));
    }
    (waypoints, causes.is_cut)
}

/// Whether a server that had not written what it promised crashed in that event, or started again.
fn forgets(event: &Event, deviations: &[Deviation]) -> bool {
    let is_crash = matches!(event.kind, EventKind::Acted(Act::Crash(_) | Act::Wipe(_)));
    let is_restart = matches!(event.kind, EventKind::Acted(Act::Restart(_)));
    (is_crash || is_restart)
        && deviations.iter().any(|deviation| {
            matches!(deviation.rule, Rule::PersistVote | Rule::PersistLog)
                && deviation.event < event.id
                && event.touched.contains(deviation.server)
        })
}

/// Leaves out steps from the middle that no rule would have prevented.
fn shortened(mut steps: Vec<Step>) -> Vec<Step> {
    while steps.len() > STEPS_MAX {
        let middle = 1..steps.len() - 2;
        let least = middle.clone().find(|at| steps[*at].broken.is_none() && !steps[*at].is_action);
        steps.remove(least.unwrap_or(middle.start));
    }
    steps
}

impl Waypoint<'_> {
    fn step(&self, side: Side) -> Step {
        let Waypoint { event, server } = self;
        let deciders = event.whys.iter().rev();
        let own = deciders.clone().filter(|(by, _)| server.is_none_or(|server| server == *by));
        let most = own.max_by_key(|(_, why)| weight(why, event, side));
        let reason = most.map(|(server, why)| (*server, why.describe()));
        let broken = reason.as_ref().and_then(|(_, reason)| reason.broken_rule());
        Step {
            event: event.id,
            time_us: event.time_us,
            title: event.title(),
            is_action: matches!(event.kind, EventKind::Acted(_)),
            reason,
            broken,
        }
    }
}

/// How much a decision says about the way to that side.
fn weight(why: &Why, event: &Event, side: Side) -> u8 {
    let is_side = event.id == side.event();
    let usual = match (why, side) {
        (why, _) if why.is_routine() => 0,
        (Why::Election(ElectionWhy::Elected { .. }), Side::Elected(..)) if is_side => 9,
        (Why::Commit(CommitWhy::Committed { .. }), Side::Committed(..)) if is_side => 9,
        (Why::Commit(CommitWhy::AppliedUpTo { .. }), Side::Applied(..)) if is_side => 9,
        (Why::Append(_), Side::Appended(..) | Side::LogChanged(..)) if is_side => 9,
        (Why::Append(AppendWhy::Conflict { .. }), _) => 7,
        (Why::Vote(VoteWhy::Granted { .. }), _) => 6,
        (Why::Commit(CommitWhy::Committed { .. }), _) => 6,
        (why, _) if why.changes_role() => 5,
        (Why::Append(_) | Why::Read(_) | Why::Request(_) | Why::Membership(_), _) => 4,
        (Why::Term(_), _) => 1,
        _ => 2,
    };
    // What a rule would have prevented says the most, if that can break safety.
    match why.describe().broken_rule() {
        Some(rule) if !is_harmless_alone(rule) => usual + 10,
        _ => usual,
    }
}

//! What made a violation possible: a rule that was off, a clock that drifted, or an action.

use std::fmt;

use crate::check::evidence::Evidence;
use crate::check::property::Violation;
use crate::raft::{ReadGround, ReadWhy, Rule, ServerId, Why};
use crate::sim::{Act, Event, EventId, EventKind, Journal, World};

use super::chain::Chain;
use super::cone::causal_past;

/// The speed of a true clock, in thousandths.
const TRUE_CLOCK: u32 = 1000;

/// What made a violation possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Culprit {
    /// A rule was off when the server decided.
    Rule { rule: Rule, server: ServerId, event: EventId },
    /// A server's clock runs at another speed (in thousandths), and reads rely on clocks.
    Clock { server: ServerId, skew_milli: u32 },
    /// A person or a script did what no server does.
    Action { event: EventId, title: String },
    /// The setting `reads` does not ask a majority.
    Reads { server: ServerId, event: EventId },
}

/// A decision that a rule would have prevented.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deviation {
    pub event: EventId,
    pub server: ServerId,
    pub rule: Rule,
}

/// The decisions in the past of the violation that a rule would have prevented, the newest first.
pub(super) fn deviations(violation: &Violation, journal: &Journal) -> Vec<Deviation> {
    let mut found: Vec<Deviation> = Vec::new();
    for event in past(violation, journal) {
        for (server, why) in event.whys.iter().rev() {
            if let Some(rule) = why.describe().broken_rule() {
                found.push(Deviation { event: event.id, server: *server, rule });
            }
        }
    }
    // Only where nothing else explains it, a rule that protects progress is named.
    if found.iter().any(|deviation| !is_harmless_alone(deviation.rule)) {
        found.retain(|deviation| !is_harmless_alone(deviation.rule));
    }
    found
}

/// Everything that led to either side, the newest first.
fn past<'a>(violation: &Violation, journal: &'a Journal) -> Vec<&'a Event> {
    let sides = violation.evidence.sides();
    let mut past: Vec<&Event> =
        sides.iter().flat_map(|side| causal_past(journal, side.event())).collect();
    past.sort_by_cached_key(|event| event.id);
    past.dedup_by_key(|event| event.id);
    past.reverse();
    past
}

/// Whether the rule alone protects progress, not safety.
pub(super) fn is_harmless_alone(rule: Rule) -> bool {
    matches!(rule, Rule::LeaderNoop | Rule::RandomTimeout | Rule::StepDown)
}

/// What made the violation possible, the likeliest first.
pub(super) fn culprits(
    violation: &Violation,
    world: &World,
    journal: &Journal,
    deviations: &[Deviation],
    chains: &[Chain],
) -> Vec<Culprit> {
    let is_shown = |event: EventId| {
        chains.iter().flat_map(|chain| &chain.steps).any(|step| step.event == event)
    };
    let (shown, hidden): (Vec<_>, Vec<_>) =
        deviations.iter().partition(|deviation| is_shown(deviation.event));
    let mut culprits: Vec<Culprit> = Vec::new();
    for &Deviation { event, server, rule, .. } in shown.into_iter().chain(hidden) {
        let known = |culprit: &Culprit| culprit.rule() == Some(rule);
        if !culprits.iter().any(known) {
            culprits.push(Culprit::Rule { rule, server, event });
        }
    }
    let can_harm = |culprit: &Culprit| culprit.rule().is_some_and(|rule| !is_harmless_alone(rule));
    if culprits.iter().any(can_harm) {
        culprits.retain(can_harm);
    }
    let past = past(violation, journal);
    culprits.extend(past.iter().filter_map(|event| foreign_action(event)));
    if let Evidence::NoOrder(_) = violation.evidence {
        culprits.extend(unconfirmed_read(violation, world, journal));
    }
    culprits
}

/// An action that brings in what no server would send, or takes what a disk must keep.
fn foreign_action(event: &Event) -> Option<Culprit> {
    match &event.kind {
        EventKind::Acted(Act::Inject(_) | Act::Wipe(_)) => {
            Some(Culprit::Action { event: event.id, title: event.title() })
        }
        _ => None,
    }
}

/// If the answer relied on a clock or on nothing: the clocks that drift, a timer that a person
/// fired during the lease, or the setting.
fn unconfirmed_read(violation: &Violation, world: &World, journal: &Journal) -> Vec<Culprit> {
    let Evidence::NoOrder(found) = &violation.evidence else { return Vec::new() };
    let answer = journal.get(found.operation.answered);
    let decided = answer.and_then(|answer| journal.get(answer.cause?));
    let Some(decided) = decided else { return Vec::new() };
    let mut culprits = Vec::new();
    for (server, why) in &decided.whys {
        match why {
            Why::Read(ReadWhy::Answered { ground: ReadGround::Lease(_), .. }) => {
                culprits.extend(drifting_clocks(world));
                culprits.extend(forced_timeouts(journal, decided.id));
            }
            Why::Read(ReadWhy::Answered {
                ground: ReadGround::Local | ReadGround::Leader, ..
            }) => {
                culprits.push(Culprit::Reads { server: *server, event: decided.id });
            }
            _ => {}
        }
    }
    culprits
}

fn drifting_clocks(world: &World) -> impl Iterator<Item = Culprit> {
    let servers = world.servers().iter();
    servers
        .filter(|server| server.skew_milli() != TRUE_CLOCK)
        .map(|server| Culprit::Clock { server: server.id(), skew_milli: server.skew_milli() })
}

/// The newest election timer before that event that did not fire of itself.
fn forced_timeouts(journal: &Journal, before: EventId) -> Option<Culprit> {
    let events = journal.events().rev().skip_while(|event| event.id > before);
    let mut forced = events.filter(|event| matches!(event.kind, EventKind::Acted(Act::Timeout(_))));
    forced.next().map(|event| Culprit::Action { event: event.id, title: event.title() })
}

impl Culprit {
    /// The rule that was off, if it is one.
    pub fn rule(&self) -> Option<Rule> {
        match self {
            Culprit::Rule { rule, .. } => Some(*rule),
            Culprit::Clock { .. } | Culprit::Action { .. } | Culprit::Reads { .. } => None,
        }
    }

    /// The event that shows it, if it is one.
    pub fn event(&self) -> Option<EventId> {
        match self {
            Culprit::Rule { event, .. }
            | Culprit::Action { event, .. }
            | Culprit::Reads { event, .. } => Some(*event),
            Culprit::Clock { .. } => None,
        }
    }
}

impl fmt::Display for Culprit {
    /// A sentence without a full stop.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Culprit::Rule { rule, server, .. } => {
                write!(f, "The rule `{rule}` was off on {server:#} (\"{}\")", rule.statement())
            }
            Culprit::Clock { server, skew_milli } => {
                let (whole, rest) = (skew_milli / 1000, skew_milli % 1000);
                write!(
                    f,
                    "{server:#}'s clock runs {whole}.{rest:03} times as fast as it should, and a \
                     lease relies on clocks"
                )
            }
            Culprit::Action { title, .. } => f.write_str(title),
            Culprit::Reads { server, .. } => {
                write!(f, "`reads` lets {server:#} answer without asking a majority")
            }
        }
    }
}

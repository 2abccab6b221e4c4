//! The rules of Raft in this run: which are on, how often each has decided, and
//! what it decided last.
//!
//! The journal keeps the newest events with their reasons, so that is what is counted. A
//! [`RuleTally`] goes with the session: each event is looked at once, when it is new.

use std::collections::VecDeque;

use crate::raft::{AppendWhy, CampaignCause, ElectionWhy, Principle, Rule, ServerSet};
use crate::raft::{ServerId, VoteWhy, Why};
use crate::script::Session;
use crate::sim::{Event, EventId, Micros};
use crate::ui::text;

/// A rule in this run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleModel {
    pub rule: Rule,
    /// The servers on which it is off.
    pub off: ServerSet,
    /// Whether it is off on all of them.
    pub is_off: bool,
    /// How many of the recorded events it decided.
    pub decided: u32,
    /// How many of the recorded events it would have prevented.
    pub missing: u32,
    /// The last of both.
    pub last: Option<LastDecision>,
    /// Whether that was the event that the line under the stage shows.
    pub is_lit: bool,
}

/// The last event that a rule decided, or would have prevented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastDecision {
    pub event: EventId,
    pub time_us: Micros,
    /// The decision, as `S5 votes for S1`.
    pub sentence: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RulesModel {
    /// In the order of the manual.
    pub rules: Vec<RuleModel>,
    /// The number of events that were counted, if older ones are not recorded any more.
    pub newest_only: Option<usize>,
}

/// A set of rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct RuleSet(u16);

impl RuleSet {
    fn add(&mut self, rule: Rule) {
        self.0 |= 1 << rule as u8;
    }

    fn contains(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u8) != 0
    }
}

/// The rules that an event speaks of.
#[derive(Clone, Copy, Debug, Default)]
struct EventRules {
    event: EventId,
    decided: RuleSet,
    missing: RuleSet,
}

/// The recorded events that rules decided, oldest first.
#[derive(Clone, Debug, Default)]
pub struct RuleTally {
    /// The session's revision: another one has other events.
    revision: u64,
    /// The recorded events that were looked at: from the first to before the second.
    seen: (EventId, EventId),
    events: VecDeque<EventRules>,
    decided: [u32; Rule::ALL.len()],
    missing: [u32; Rule::ALL.len()],
}

impl RuleTally {
    /// Takes in what is new in the session's journal, and forgets what is no longer there.
    pub fn update(&mut self, session: &Session) {
        let journal = session.journal();
        let first = journal.events().next().map_or(0, |event| event.id);
        let end = journal.newest().map_or(0, |event| event.id + 1);
        if session.revision() != self.revision || first < self.seen.0 || first > self.seen.1 {
            let revision = session.revision();
            *self = RuleTally { revision, seen: (first, first), ..RuleTally::default() };
        }
        while self.events.back().is_some_and(|newest| newest.event >= end) {
            let newest = self.events.pop_back();
            self.count(newest, false);
        }
        while self.events.front().is_some_and(|oldest| oldest.event < first) {
            let oldest = self.events.pop_front();
            self.count(oldest, false);
        }
        let from = self.seen.1.min(end);
        let new = journal.events().rev().take_while(|event| event.id >= from);
        let new: Vec<EventRules> = new.filter_map(rules_of).collect();
        for event in new.into_iter().rev() {
            self.count(Some(event), true);
            self.events.push_back(event);
        }
        self.seen = (first, end);
    }

    fn count(&mut self, event: Option<EventRules>, is_new: bool) {
        let Some(EventRules { decided, missing, .. }) = event else { return };
        for rule in Rule::ALL {
            for (set, counts) in [(decided, &mut self.decided), (missing, &mut self.missing)] {
                let by = u32::from(set.contains(rule));
                let count = &mut counts[rule as usize];
                *count = if is_new { *count + by } else { *count - by };
            }
        }
    }

    /// `latest`: the event that the line under the stage shows.
    pub fn model(&self, session: &Session, latest: EventId) -> RulesModel {
        let (world, journal) = (session.world(), session.journal());
        let rules = Rule::ALL.map(|rule| {
            let is_off = |id: &ServerId| !world.settings().rules[id.slot()].on(rule);
            let off: ServerSet = world.server_ids().iter().filter(is_off).collect();
            let speaks =
                |event: &&EventRules| event.decided.contains(rule) || event.missing.contains(rule);
            let last = self.events.iter().rev().find(speaks);
            let last = last.and_then(|last| journal.get(last.event));
            RuleModel {
                rule,
                off,
                is_off: off == world.server_ids(),
                decided: self.decided[rule as usize],
                missing: self.missing[rule as usize],
                is_lit: last.is_some_and(|event| event.id == latest),
                last: last.map(|event| last_decision(event, rule)),
            }
        });
        let newest_only = (self.seen.0 > 1).then(|| journal.events().len());
        RulesModel { rules: rules.into(), newest_only }
    }
}

/// The rules that an event speaks of; `None` if it speaks of none.
fn rules_of(event: &Event) -> Option<EventRules> {
    let mut rules = EventRules { event: event.id, ..EventRules::default() };
    for (server, why) in &event.whys {
        if let Some((rule, off)) = rules_of_decision(why) {
            let set = if off { &mut rules.missing } else { &mut rules.decided };
            set.add(rule);
        }
        let persisted = persisted_by(why);
        let unwritten =
            || event.whys.iter().any(|(other, why)| other == server && is_unwritten(why));
        if let Some(rule) = persisted.filter(|_| !unwritten()) {
            rules.decided.add(rule);
        }
    }
    (rules.decided.0 | rules.missing.0 != 0).then_some(rules)
}

/// The rule that decided, or that is off and would have decided otherwise.
fn rules_of_decision(why: &Why) -> Option<(Rule, bool)> {
    match why {
        // Every second heartbeat may bring it: without the words, it costs nothing.
        Why::Append(AppendWhy::AlreadyPresent { .. }) => Some((Rule::ConflictOnly, false)),
        why if why.is_routine() => None,
        // The timer that fired had been set at random.
        Why::Election(ElectionWhy::Campaigned {
            cause: CampaignCause::NoLeader | CampaignCause::NoResult,
            fixed_timeout: false,
            ..
        }) => Some((Rule::RandomTimeout, false)),
        why => {
            let reason = why.describe();
            match reason.rule {
                Principle::Rule(rule) => Some((rule, reason.off)),
                Principle::Words(_) => None,
            }
        }
    }
}

/// The rule by which that decision waits for the disk before anybody hears of it.
fn persisted_by(why: &Why) -> Option<Rule> {
    match why {
        Why::Election(ElectionWhy::Campaigned { .. }) | Why::Vote(VoteWhy::Granted { .. }) => {
            Some(Rule::PersistVote)
        }
        Why::Append(AppendWhy::Appended { .. }) => Some(Rule::PersistLog),
        _ => None,
    }
}

fn is_unwritten(why: &Why) -> bool {
    matches!(
        why,
        Why::Vote(VoteWhy::SentUnwritten { .. })
            | Why::Append(AppendWhy::AcknowledgedUnwritten { .. })
    )
}

fn last_decision(event: &Event, rule: Rule) -> LastDecision {
    let speaks = |why: &Why| {
        rules_of_decision(why).is_some_and(|(named, _)| named == rule)
            || persisted_by(why) == Some(rule)
    };
    let said = event.whys.iter().find(|(_, why)| speaks(why));
    let sentence = said.map_or_else(
        || event.title(),
        |(server, why)| format!("{} {}", text::server(*server), why.describe().decision),
    );
    LastDecision { event: event.id, time_us: event.time_us, sentence }
}

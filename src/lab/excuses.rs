//! What a schedule itself excuses: harm that Raft does not promise to prevent after such actions.

use crate::check::Property;
use crate::raft::{Reads, Rule};
use crate::sim::{Act, Micros, Setting, Setup};

/// The slowest and the fastest clock, in thousandths, with which leases are sound. A lease lasts
/// 10 % less than the shortest election timeout.
const DRIFT_MILLI: std::ops::RangeInclusive<u32> = 955..=1045;

/// The harm that does not count against the algorithm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excuses {
    /// Properties that may be violated.
    pub properties: Vec<Property>,
    /// Whether the cluster may have lost what it needs to go on, or what makes its servers agree.
    pub damage: bool,
    /// Whether a leader may lead without a no-op: reads wait until the next write.
    pub silent_leaders: bool,
}

impl Excuses {
    /// What these actions on this cluster excuse. Rules that are off from the beginning excuse
    /// nothing: their harm is what a search is for.
    pub fn of(setup: &Setup, acts: &[(Micros, Act)]) -> Excuses {
        let mut excuses = Excuses::default();
        let (mut leases, mut clocks_err) = (setup.settings.reads == Reads::Lease, false);
        excuses.excuse_reads(setup.settings.reads);
        for (_, act) in acts {
            match act {
                Act::Set(Setting::Reads(reads)) => {
                    leases |= *reads == Reads::Lease;
                    excuses.excuse_reads(*reads);
                }
                Act::Set(Setting::Rule { rule, on: false, .. }) => excuses.excuse_rule(*rule),
                Act::Skew(_, milli) => clocks_err |= !DRIFT_MILLI.contains(milli),
                Act::Timeout(_) => clocks_err = true,
                // A disk that forgets, and a message that no server sent.
                Act::Wipe(_) | Act::Inject(_) => excuses.excuse_all(),
                _ => {}
            }
        }
        if leases && clocks_err {
            excuses.excuse(Property::Linearizability);
        }
        excuses
    }

    /// Whether nothing is excused.
    pub fn is_empty(&self) -> bool {
        *self == Excuses::default()
    }

    pub fn covers(&self, property: Property) -> bool {
        self.properties.contains(&property)
    }

    fn excuse(&mut self, property: Property) {
        if !self.covers(property) {
            self.properties.push(property);
        }
    }

    fn excuse_all(&mut self) {
        Property::ALL.into_iter().for_each(|property| self.excuse(property));
        self.damage = true;
    }

    fn excuse_reads(&mut self, reads: Reads) {
        if matches!(reads, Reads::Local | Reads::Leader) {
            self.excuse(Property::Linearizability);
        }
    }

    /// What may come of a rule that was off for a while. What a rule off has done stays after it is
    /// on again.
    fn excuse_rule(&mut self, rule: Rule) {
        match rule {
            // It delays, but a log stays what it would be.
            Rule::StepDown | Rule::RandomTimeout => {}
            Rule::LeaderNoop => self.silent_leaders = true,
            Rule::ReadQuorum => self.excuse(Property::Linearizability),
            // A server that applies a retry twice has another state than one that does not.
            Rule::Dedupe => {
                self.excuse(Property::Linearizability);
                self.damage = true;
            }
            Rule::PersistVote
            | Rule::PersistLog
            | Rule::OneVote
            | Rule::Majority
            | Rule::UpToDate
            | Rule::PrevLogCheck
            | Rule::ConflictOnly
            | Rule::CommitOwnTerm
            | Rule::ConfigAfterCommit => self.excuse_all(),
        }
    }
}

//! Draws schedules from seeds: a cluster, and faults, commands and changes with their times.
//!
//! - `chaos` draws any action at any time. Each schedule lacks some kinds of actions and features
//!   of Raft, which finds more than schedules that all have everything (swarm testing). It puts
//!   together `cluster`, `faults`, `messages`, `members`, `requests`, `live_settings` and
//!   `single_faults`, each named after what it draws.
//! - `lease_reads` draws leaders that are cut off while election timeouts change.
//! - `missed_changes` draws a leader that is cut off while the configuration changes.
//! - `short_leaderships` draws leaders that crash before their entries reach all.
//! - `voter_restarts` draws servers that restart while two others campaign.
//! - `rival_changes` draws two leaders at once, each of which makes a membership change.
//!
//! **Soundness.** A sound schedule does nothing that excuses harm: with all rules on, whatever it
//! finds is a bug. So a sound schedule
//! - keeps all rules on, except for those that the search turns off from the beginning;
//! - wipes no disk: Raft relies on stable storage;
//! - reads in no mode that promises nothing (`local`, `leader`);
//! - keeps clocks within the drift that leases allow, and fires no election timer, if it ever reads
//!   under a lease: a timer that a person fires is a clock that runs ahead.
//!
//! Everything else may happen, also what stops a cluster for a while: `never`, timeouts shorter
//! than a round trip, a loss of 100 %. `liveness` restores sane settings before it judges. Wild
//! schedules do the rest, too; `excuses` says what they excuse.

mod chaos;
mod cluster;
mod faults;
mod lease_reads;
mod live_settings;
mod members;
mod messages;
mod missed_changes;
mod requests;
mod rival_changes;
mod short_leaderships;
mod single_faults;
mod voter_restarts;

use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

use crate::raft::{Rule, ServerId, ServerSet};
use crate::sim::{Act, Micros, Servers, Settings, Setup};

/// The random stream of schedules.
const STREAM: u64 = 0xC0FF_EE01;
/// That of the faults of single messages, links and disks.
const STREAM_OF_SINGLE_FAULTS: u64 = 0xC0FF_EE02;

/// A generator that knows how a rule is broken. What it draws may hit or miss.
#[derive(Clone, Copy)]
enum Pattern {
    LeaseReads,
    MissedChanges,
    RivalChanges,
    ShortLeaderships,
    VoterRestarts,
}

impl Pattern {
    const ALL: [Pattern; 5] = [
        Pattern::LeaseReads,
        Pattern::MissedChanges,
        Pattern::RivalChanges,
        Pattern::ShortLeaderships,
        Pattern::VoterRestarts,
    ];

    /// The pattern that breaks a rule; chaos finds the harm of the others soon enough.
    fn of(rule: Rule) -> Option<Pattern> {
        match rule {
            Rule::PersistVote => Some(Pattern::VoterRestarts),
            Rule::CommitOwnTerm => Some(Pattern::ShortLeaderships),
            Rule::ConfigAfterCommit => Some(Pattern::RivalChanges),
            _ => None,
        }
    }
}

/// A random generator, and what it has drawn for the whole schedule.
pub(super) struct Generator {
    random: Pcg32,
    random_of_single_faults: Pcg32,
    /// Whether the schedule may do what excuses harm.
    wild: bool,
    /// Whether the cluster was given, and not drawn.
    is_given: bool,
    servers: usize,
    clients: usize,
    features: Features,
    /// The rules that a wild schedule turns off and on.
    rules: Vec<Rule>,
    /// How many values have been written. Each is new, so that a read shows which write it saw.
    values: u64,
}

/// Which kinds of actions a schedule has.
#[derive(Clone, Copy, Debug, Default)]
struct Features {
    membership: bool,
    /// Servers take snapshots when they are asked.
    snapshots: bool,
    live_settings: bool,
    /// Some reads may be answered under a lease.
    leases: bool,
    /// Clocks and timers stay within the bounds that leases rely on.
    bounded_clocks: bool,
    /// Servers lose their disks.
    wipes: bool,
}

/// A cluster and the actions on it.
pub(super) type Drawn = (Setup, Vec<(Micros, Act)>);

fn in_order_of_time(mut acts: Vec<(Micros, Act)>) -> Vec<(Micros, Act)> {
    acts.sort_by_cached_key(|(time_us, _)| *time_us);
    acts
}

impl Generator {
    /// `wild`: the schedule need not be sound.
    pub fn new(seed: u64, wild: bool) -> Generator {
        Generator {
            random: Pcg32::new(seed, STREAM),
            random_of_single_faults: Pcg32::new(seed, STREAM_OF_SINGLE_FAULTS),
            wild,
            is_given: false,
            servers: 0,
            clients: 0,
            features: Features::default(),
            rules: Vec::new(),
            values: 0,
        }
    }

    /// The settings of a drawn pattern, in which servers campaign only when an action says so.
    fn settings_without_timeouts(&self, seed: u64) -> Settings {
        Settings {
            servers: self.servers,
            clients: self.clients,
            seed,
            election_timeout: None,
            ..Settings::default()
        }
    }

    /// Draws a schedule, in order of time. With all rules on, some have a known pattern, which must
    /// do no harm then. Half of those that search without a rule have the pattern of that rule, if
    /// there is one.
    pub fn schedule(&mut self, seed: u64, off: &[Rule]) -> Drawn {
        let known: Vec<Pattern> = off.iter().filter_map(|rule| Pattern::of(*rule)).collect();
        let pattern = match (off.is_empty(), known.is_empty()) {
            (true, _) => self.one_in(3).then(|| self.pick(&Pattern::ALL)),
            (false, true) => None,
            (false, false) => self.one_in(2).then(|| self.pick(&known)),
        };
        let (setup, acts) = match pattern {
            Some(Pattern::LeaseReads) => self.lease_reads(seed),
            Some(Pattern::MissedChanges) => self.missed_changes(seed),
            Some(Pattern::RivalChanges) => self.rival_changes(seed),
            Some(Pattern::ShortLeaderships) => self.short_leaderships(seed),
            Some(Pattern::VoterRestarts) => self.voter_restarts(seed),
            None => {
                let setup = self.cluster(seed);
                let acts = self.chaos();
                (setup, acts)
            }
        };
        (setup, in_order_of_time(acts))
    }

    /// As [`Generator::schedule`], on a given cluster.
    pub fn schedule_on(&mut self, setup: Setup) -> Drawn {
        self.use_cluster(&setup);
        let acts = self.chaos();
        (setup, in_order_of_time(acts))
    }

    /// The servers that are down while the cluster is left alone; mostly none.
    pub fn spared(&mut self) -> ServerSet {
        if self.one_in(2) { self.half() } else { ServerSet::EMPTY }
    }

    fn below(&mut self, count: u64) -> u64 {
        (u64::from(self.random.next_u32()) * count) >> 32
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }

    fn server(&mut self) -> ServerId {
        ServerId::from_slot(self.below(self.servers as u64) as usize)
    }

    fn some_servers(&mut self) -> Servers {
        match self.below(4) {
            0 => Servers::Leader,
            1 => Servers::Named(self.half()),
            _ => self.server().into(),
        }
    }

    fn one_of(&mut self, servers: ServerSet) -> ServerId {
        let all: Vec<ServerId> = servers.iter().collect();
        self.pick(&all)
    }

    /// About half of the servers.
    fn half(&mut self) -> ServerSet {
        (0..self.servers).map(ServerId::from_slot).filter(|_| self.one_in(2)).collect()
    }
}

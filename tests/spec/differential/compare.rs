//! Runs both cores in lockstep and compares them after each step.

use std::fmt;

use super::changes::Kind;
use super::differences::Differences;
use super::ours::Ours;
use super::schedule::{Event, Scene, Schedule, Setting, Settings};
use super::theirs::Theirs;
use raftarium::raft::{Configuration, Rules, ServerId};

/// Marks a configuration among the values of a log.
pub const CHANGE: u64 = u64::MAX;

/// The compared state of a running server: everything in section 5 of the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub role: &'static str,
    pub term: u64,
    pub vote: Option<usize>,
    /// Terms and commands; a no-op has no command.
    pub log: Vec<(u64, Option<u64>)>,
    pub commit: u64,
    /// The configuration in force.
    pub configuration: Configuration,
}

impl Picture {
    /// Whether a former voter knows that its removal is committed; see the differences.
    pub fn knows_its_place(&self, server: usize) -> bool {
        let changed = self.log.iter().rposition(|entry| entry.1 == Some(CHANGE));
        self.configuration.voters.contains(ServerId::from_slot(server))
            || changed.is_none_or(|place| self.commit > place as u64)
    }

    pub fn leads(&self) -> bool {
        self.role == "leader"
    }
}

/// A cluster of one of the two cores. Servers are counted from 0.
pub trait Core {
    /// What it sends.
    type Message;

    /// Handles an event other than a message.
    fn happen(&mut self, event: &Event);
    /// Delivers a message to a running server.
    fn receive(&mut self, to: usize, message: Self::Message);
    /// The messages sent since the last call: from, to, message.
    fn take_sent(&mut self) -> Vec<(usize, usize, Self::Message)>;
    /// Ends a step.
    fn rest(&mut self) {}
    /// Whether a server believes that it leads.
    fn leads(&self, server: usize) -> bool;
    /// `None` if the server has crashed.
    fn picture(&self, server: usize) -> Option<Picture>;
}

/// More rounds than any schedule needs. Beyond it, two servers would exchange messages for ever.
const ROUNDS_MAX: usize = 200;

/// Delivers messages in rounds until none is left: all messages in flight, by receiver, then by
/// sender; new messages belong to the next round. So the order does not depend on how a core orders
/// its peers. `early` is proposed to its server after the first round in which it leads.
fn settle<C: Core>(core: &mut C, scene: &Scene, mut early: Option<Event>) {
    for _ in 0..ROUNDS_MAX {
        let mut round = core.take_sent();
        if round.is_empty() {
            return;
        }
        round.sort_by_key(|(from, to, _)| (*to, *from));
        for (from, to, message) in round {
            if scene.passes(from, to) {
                core.receive(to, message);
            }
        }
        if let Some(Event::Change(at, _)) = early
            && core.leads(at)
            && let Some(event) = early.take()
        {
            core.happen(&event);
        }
    }
    panic!("messages were still under way after {ROUNDS_MAX} rounds");
}

/// The number of heartbeats at the end of a step: the first brings servers up to date, the second
/// carries the resulting commit index.
const BEATS: usize = 2;

/// Handles an event and everything that follows, then heartbeats of all leaders and everything that
/// follows.
fn step<C: Core>(core: &mut C, scene: &Scene, event: &Event) {
    let (event, early) = match *event {
        Event::EarlyChange(at, change) => (&Event::Election(at), Some(Event::Change(at, change))),
        _ => (event, None),
    };
    core.happen(event);
    settle(core, scene, early);
    for _ in 0..BEATS {
        for server in 0..scene.servers {
            if core.leads(server) {
                core.happen(&Event::Beat(server));
            }
        }
        settle(core, scene, None);
    }
    core.rest();
}

/// A difference between the two cores.
pub struct Apart {
    pub seed: u64,
    pub settings: Settings,
    pub place: usize,
    pub events: Vec<Event>,
    pub server: usize,
    pub ours: Option<Picture>,
    pub theirs: Option<Picture>,
}

impl fmt::Display for Apart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "schedule {} ({:?}) is apart after step {}:",
            self.seed, self.settings, self.place
        )?;
        for (place, event) in self.events.iter().enumerate() {
            writeln!(f, "  {place:>3} {event:?}")?;
        }
        writeln!(f, "  s{} here:  {:?}", self.server + 1, self.ours)?;
        write!(f, "  s{} there: {:?}", self.server + 1, self.theirs)
    }
}

/// What happened in a schedule, so that the test can prove that it was not idle.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    pub steps: u64,
    pub elections: u64,
    pub committed: u64,
    /// Entries that a server lost to a leader of a newer term.
    pub overwritten: u64,
    /// Membership changes, by kind.
    pub changed: [u64; Kind::ALL.len()],
    /// Settings that changed at running servers, by kind.
    pub set: [u64; Setting::KINDS.len()],
}

impl Seen {
    pub fn add(&mut self, other: Seen) {
        self.steps += other.steps;
        self.elections += other.elections;
        self.committed += other.committed;
        self.overwritten += other.overwritten;
        self.set.iter_mut().zip(other.set).for_each(|(sum, more)| *sum += more);
        self.changed.iter_mut().zip(other.changed).for_each(|(sum, more)| *sum += more);
    }

    fn note(&mut self, before: &Picture, after: &Picture) {
        self.elections += u64::from(after.leads() && !before.leads());
        self.committed += after.commit.saturating_sub(before.commit);
        let same = before.log.iter().zip(&after.log).take_while(|(a, b)| a == b).count();
        self.overwritten += (before.log.len() - same) as u64;
    }
}

/// Runs a schedule through both cores. Ours has these rules.
pub fn run(seed: u64, rules: Rules, differences: &mut Differences) -> Result<Seen, Box<Apart>> {
    let mut schedule = Schedule::new(seed);
    let mut ours = Ours::new(&schedule.settings, rules);
    let mut theirs = Theirs::new(&schedule.settings, differences);
    let mut events = Vec::new();
    let mut pictures = pictures(&ours, &schedule.scene);
    let mut seen = Seen::default();
    while let Some(event) = schedule.next(&pictures) {
        events.push(event.clone());
        step(&mut ours, &schedule.scene, &event);
        step(&mut theirs, &schedule.scene, &event);
        let after = self::pictures(&ours, &schedule.scene);
        for (server, here) in after.iter().enumerate() {
            let there = theirs.picture(server);
            if *here != there {
                let place = events.len() - 1;
                let ours = here.clone();
                return Err(Box::new(Apart {
                    seed,
                    settings: schedule.settings,
                    place,
                    events,
                    server,
                    ours,
                    theirs: there,
                }));
            }
        }
        for (before, after) in pictures.iter().zip(&after) {
            if let (Some(before), Some(after)) = (before, after) {
                seen.note(before, after);
            }
        }
        seen.steps += 1;
        if let Event::Set(at, setting) = event {
            let running = after.iter().enumerate().filter(|(_, picture)| picture.is_some());
            let concerned = running.filter(|(server, _)| at.is_none_or(|at| at == *server));
            seen.set[setting.kind()] += u64::from(concerned.count() > 0);
        }
        if let Event::Change(at, change) = event
            && let (Some(before), Some(after)) = (&pictures[at], &after[at])
            && before.configuration != after.configuration
        {
            let kind = Kind::of(change, &before.configuration, ServerId::from_slot(at));
            seen.changed[kind as usize] += 1;
        }
        pictures = after;
    }
    Ok(seen)
}

fn pictures(core: &impl Core, scene: &Scene) -> Vec<Option<Picture>> {
    (0..scene.servers).map(|server| core.picture(server)).collect()
}

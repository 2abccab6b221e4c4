//! Random schedules: the next event is drawn from a seed and the state of the servers.

use raftarium::raft::{Change, Configuration, ServerId, ServerSet};

use super::changes;
use super::compare::Picture;

/// An event. All messages that follow from it are delivered before the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The election timer fires.
    Election(usize),
    /// The election timer fires, and if that makes its server a leader, the leader receives a
    /// change at once, before it can commit anything.
    EarlyChange(usize, Change),
    /// The heartbeat timer fires. Every step ends with it; no schedule draws it.
    Beat(usize),
    /// A leader checks whether it has heard a majority.
    Quorum(usize),
    /// A client proposes that value.
    Propose(usize, u64),
    /// A leader transfers its leadership.
    Transfer {
        /// The leader.
        from: usize,
        /// The target.
        to: usize,
    },
    /// A leader gives up a transfer.
    GiveUpTransfer(usize),
    /// A leader changes the configuration.
    Change(usize, Change),
    Crash(usize),
    Restart(usize),
    /// Messages from the first to the second are lost from now on.
    Cut(usize, usize),
    Heal(usize, usize),
    /// All messages from it are lost.
    Mute(usize),
    /// All messages to it are lost.
    Deafen(usize),
    HealAll,
}

/// The settings of both clusters.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    pub servers: usize,
    pub pre_vote: bool,
    pub check_quorum: bool,
    /// An AppendEntries has at most one entry.
    pub singly: bool,
    /// The number of voters at the start.
    pub voters: usize,
    /// The number of learners at the start; the other servers are outside the configuration.
    pub learners: usize,
}

impl Settings {
    /// The configuration at the start.
    pub fn configuration(&self) -> Configuration {
        let voters = ServerSet::first(self.voters);
        let learners = ServerSet::first(self.voters + self.learners).difference(voters);
        Configuration { voters, learners, ..Configuration::default() }
    }
}

/// The links between the servers, and which servers run.
#[derive(Clone, Debug)]
pub struct Scene {
    pub servers: usize,
    running: Vec<bool>,
    cut: Vec<bool>,
}

impl Scene {
    /// Whether a message arrives.
    pub fn passes(&self, from: usize, to: usize) -> bool {
        self.running[to] && !self.cut[from * self.servers + to]
    }

    fn note(&mut self, event: &Event) {
        match *event {
            Event::Crash(server) => self.running[server] = false,
            Event::Restart(server) => self.running[server] = true,
            Event::Cut(from, to) => self.cut[from * self.servers + to] = true,
            Event::Heal(from, to) => self.cut[from * self.servers + to] = false,
            Event::Mute(from) => {
                (0..self.servers).for_each(|to| self.cut[from * self.servers + to] = true);
            }
            Event::Deafen(to) => {
                (0..self.servers).for_each(|from| self.cut[from * self.servers + to] = true);
            }
            Event::HealAll => self.cut.fill(false),
            _ => {}
        }
    }
}

/// The most membership changes in a schedule.
const CHANGES_MAX: usize = 4;

pub struct Schedule {
    pub settings: Settings,
    pub scene: Scene,
    chance: Chance,
    left: usize,
    proposed: u64,
    /// The membership changes left.
    changes: usize,
    /// The transfers under way.
    transfers: Vec<bool>,
}

impl Schedule {
    pub fn new(seed: u64) -> Schedule {
        let mut chance = Chance(seed);
        let servers = if chance.below(3) == 0 { 5 } else { 3 };
        let outside = chance.below(2) * chance.below(servers - 1);
        let settings = Settings {
            servers,
            pre_vote: chance.below(2) == 0,
            check_quorum: chance.below(2) == 0,
            singly: chance.below(2) == 0,
            voters: servers - outside,
            learners: chance.below(outside + 1),
        };
        let scene =
            Scene { servers, running: vec![true; servers], cut: vec![false; servers * servers] };
        let left = 20 + chance.below(21);
        let changes = chance.below(CHANGES_MAX + 1);
        Schedule {
            settings,
            scene,
            chance,
            left,
            proposed: 0,
            changes,
            transfers: vec![false; servers],
        }
    }

    /// The next event, with its effect on links and servers applied.
    pub fn next(&mut self, pictures: &[Option<Picture>]) -> Option<Event> {
        self.left = self.left.checked_sub(1)?;
        let event = loop {
            if let Some(event) = self.draw(pictures) {
                break event;
            }
        };
        match event {
            Event::Transfer { from, to } => {
                // Leadership is transferred to voters only.
                let voters = pictures[from].as_ref().map(|picture| picture.configuration.voters);
                self.transfers[from] =
                    voters.is_some_and(|voters| voters.contains(ServerId::from_slot(to)));
            }
            Event::GiveUpTransfer(server) | Event::Crash(server) => self.transfers[server] = false,
            _ => {}
        }
        self.scene.note(&event);
        Some(event)
    }

    /// A membership change that reaches all servers concerned within its step; see the differences.
    fn draw_change(&mut self, at: usize, before: &Configuration) -> Option<Change> {
        let servers = self.settings.servers;
        changes::draw(&mut self.chance, servers, before, ServerId::from_slot(at))
    }

    fn reaches_all(&self, servers: ServerSet) -> bool {
        servers.iter().all(|from| {
            let passes = |to: ServerId| from == to || self.scene.passes(from.slot(), to.slot());
            self.scene.running[from.slot()] && servers.iter().all(passes)
        })
    }

    fn draw(&mut self, pictures: &[Option<Picture>]) -> Option<Event> {
        let servers = self.settings.servers;
        let kind = self.chance.below(100);
        let at = self.chance.below(servers);
        let to = (at + 1 + self.chance.below(servers - 1)) % servers;
        let leads = |server: usize| pictures[server].as_ref().is_some_and(Picture::leads);
        let leading: Vec<usize> = (0..servers).filter(|&server| leads(server)).collect();
        let leader =
            (!leading.is_empty()).then(|| leading[self.chance.below(leading.len().max(1))]);
        if let Some(late) = (0..servers).find(|&server| self.transfers[server] && !leads(server)) {
            // A server that no longer leads has no transfer under way.
            self.transfers[late] = false;
        }
        let steady = leading.len() == 1 && !self.transfers.contains(&true);
        if steady
            && self.changes > 0
            && self.chance.below(2) == 0
            && let Some((leader, picture)) = leader.zip(leader.and_then(|at| pictures[at].as_ref()))
            && let Some(change) = self.draw_change(leader, &picture.configuration)
            && self.reaches_all(changes::concerned(change, &picture.configuration))
        {
            self.changes -= 1;
            return Some(Event::Change(leader, change));
        }
        match kind {
            0..22 => {
                let picture =
                    pictures[at].as_ref().filter(|picture| picture.knows_its_place(at))?;
                // A single voter commits as soon as it leads.
                let early = !picture.leads() && picture.configuration.voters.len() > 1;
                if early && self.chance.below(8) == 0 {
                    let change = self.draw_change(at, &picture.configuration)?;
                    return Some(Event::EarlyChange(at, change));
                }
                Some(Event::Election(at))
            }
            22..52 => {
                let leader = leader?;
                self.proposed += 1;
                Some(Event::Propose(leader, self.proposed))
            }
            52..59 => self.scene.running[at].then_some(Event::Crash(at)),
            59..67 => (!self.scene.running[at]).then_some(Event::Restart(at)),
            67..76 => self.scene.passes(at, to).then_some(Event::Cut(at, to)),
            76..80 => {
                let cut = self.scene.cut[at * servers + to];
                cut.then_some(Event::Heal(at, to))
            }
            // Usually the leader, which then leads without being heard.
            80..84 => Some(Event::Mute(leader.unwrap_or(at))),
            84..86 => Some(Event::Deafen(leader.unwrap_or(at))),
            86..90 => Some(Event::HealAll),
            90..95 => {
                let from = leader?;
                // A second transfer while one is under way is one of the differences.
                let to = (from + 1 + self.chance.below(servers - 1)) % servers;
                (!self.transfers[from]).then_some(Event::Transfer { from, to })
            }
            95..98 => {
                let from = leader?;
                self.transfers[from].then_some(Event::GiveUpTransfer(from))
            }
            _ => leader.filter(|_| self.settings.check_quorum).map(Event::Quorum),
        }
    }
}

/// SplitMix64: small, and the same everywhere.
pub struct Chance(u64);

impl Chance {
    /// One of these, if there is any.
    pub fn one_of(&mut self, servers: ServerSet) -> Option<ServerId> {
        let place = self.below(servers.len().max(1));
        servers.iter().nth(place)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }
}

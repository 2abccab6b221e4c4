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
    /// A setting of one server changes, or of all.
    Set(Option<usize>, Setting),
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

/// A setting that both cores can change while a server runs, and its new value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    PreVote(bool),
    CheckQuorum(bool),
    Singly(bool),
    Inflight(usize),
}

impl Setting {
    pub const KINDS: [&str; 4] = ["pre-vote", "check-quorum", "max-entries", "max-inflight"];

    /// The place among the kinds.
    pub fn kind(self) -> usize {
        match self {
            Setting::PreVote(_) => 0,
            Setting::CheckQuorum(_) => 1,
            Setting::Singly(_) => 2,
            Setting::Inflight(_) => 3,
        }
    }
}

/// The settings of a server, which keeps them through crashes.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    pub pre_vote: bool,
    pub check_quorum: bool,
    /// An AppendEntries has at most one entry.
    pub singly: bool,
    /// The most unanswered AppendEntries with entries per follower.
    pub inflight: usize,
}

impl Options {
    pub fn set(&mut self, setting: Setting) {
        match setting {
            Setting::PreVote(on) => self.pre_vote = on,
            Setting::CheckQuorum(on) => self.check_quorum = on,
            Setting::Singly(on) => self.singly = on,
            Setting::Inflight(count) => self.inflight = count,
        }
    }
}

/// The most unanswered AppendEntries with entries per follower; the last is more than a schedule
/// has proposals.
const INFLIGHT: [usize; 4] = [1, 2, 256, 256];

/// The settings of both clusters at the start.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    pub servers: usize,
    pub options: Options,
    /// Some of the options change during the run, at some of the servers or at all.
    pub mutable: bool,
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
    /// Whether each server checks its quorum while it leads.
    check_quorum: Vec<bool>,
}

impl Schedule {
    pub fn new(seed: u64) -> Schedule {
        let mut chance = Chance(seed);
        let servers = if chance.below(3) == 0 { 5 } else { 3 };
        let outside = chance.below(2) * chance.below(servers - 1);
        let settings = Settings {
            servers,
            options: Options {
                pre_vote: chance.below(2) == 0,
                check_quorum: chance.below(2) == 0,
                singly: chance.below(2) == 0,
                inflight: INFLIGHT[chance.below(INFLIGHT.len())],
            },
            mutable: chance.below(2) == 0,
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
            check_quorum: vec![settings.options.check_quorum; servers],
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
            Event::Set(at, setting) => {
                // Changes come on top of the other events.
                self.left += 1;
                if let Setting::CheckQuorum(on) = setting {
                    let servers = at.map_or(0..self.settings.servers, |at| at..at + 1);
                    self.check_quorum[servers].fill(on);
                }
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

    fn draw_setting(&mut self, at: usize) -> Event {
        let (kind, on) = (self.chance.below(4), self.chance.below(2) == 0);
        let setting = match kind {
            0 => Setting::PreVote(on),
            1 => Setting::CheckQuorum(on),
            2 => Setting::Singly(on),
            _ => Setting::Inflight(INFLIGHT[self.chance.below(INFLIGHT.len())]),
        };
        Event::Set((self.chance.below(2) == 0).then_some(at), setting)
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
        if self.settings.mutable && self.chance.below(6) == 0 {
            return Some(self.draw_setting(at));
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
            _ => leader.filter(|&leader| self.check_quorum[leader]).map(Event::Quorum),
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

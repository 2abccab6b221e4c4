//! Random values for tests: the same for the same seed.

use raftarium::raft::{ClientId, ServerId, ServerSet};
use raftarium::sim::{Ends, Servers, Span};

/// A random generator (splitmix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.draw() % bound
    }

    pub fn coin(&mut self) -> bool {
        self.below(2) == 0
    }

    pub fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize].clone()
    }

    pub fn maybe<T>(&mut self, draw: impl FnOnce(&mut Dice) -> T) -> Option<T> {
        self.coin().then(|| draw(self))
    }

    pub fn some<T>(&mut self, most: u64, mut draw: impl FnMut(&mut Dice) -> T) -> Vec<T> {
        (0..=self.below(most)).map(|_| draw(self)).collect()
    }

    pub fn server(&mut self) -> ServerId {
        ServerId::from_slot(self.below(9) as usize)
    }

    pub fn client(&mut self) -> ClientId {
        ClientId::from_slot(self.below(9) as usize)
    }

    pub fn named(&mut self) -> ServerSet {
        self.some(4, Dice::server).into_iter().collect()
    }

    pub fn servers(&mut self) -> Servers {
        let named = Servers::Named(self.named());
        self.one_of(&[named, Servers::All, Servers::Leader, Servers::Followers, Servers::Others])
    }

    /// Where a statement takes exactly one server.
    pub fn one_server(&mut self) -> Servers {
        let named = Servers::from(self.server());
        self.one_of(&[named, named, Servers::Leader, Servers::Followers])
    }

    /// Two to four groups without a common server.
    pub fn groups(&mut self) -> Vec<Servers> {
        let mut groups = vec![ServerSet::EMPTY; 2 + self.below(3) as usize];
        for server in ServerSet::first(9).iter() {
            let at = self.below(groups.len() as u64) as usize;
            groups[at].insert(server);
        }
        let mut groups: Vec<Servers> =
            groups.into_iter().filter(|group| !group.is_empty()).map(Servers::Named).collect();
        let at = self.below(groups.len() as u64) as usize;
        groups[at] = self.one_of(&[groups[at], Servers::Others]);
        let by_role = vec![Servers::Leader, Servers::Followers];
        if groups.len() < 2 || self.below(4) == 0 { by_role } else { groups }
    }

    /// Ends that are joined by a link, as far as names tell.
    pub fn joined_ends(&mut self) -> (Ends, Ends) {
        let (from, to) = (self.ends(), self.ends());
        if from.may_reach(&to) { (from, to) } else { self.joined_ends() }
    }

    pub fn two_servers(&mut self) -> (ServerId, ServerId) {
        let (from, by) = (self.below(9), 1 + self.below(8));
        let server = |slot: u64| ServerId::from_slot((slot % 9) as usize);
        (server(from), server(from + by))
    }

    pub fn ends(&mut self) -> Ends {
        if self.coin() {
            return Ends::Servers(self.servers());
        }
        let mut clients = self.some(2, Dice::client);
        clients.sort();
        clients.dedup();
        let servers = if self.coin() { self.named() } else { ServerSet::EMPTY };
        Ends::Mixed(servers, clients)
    }

    /// A number up to the bound, of any number of digits with equal chance.
    pub fn number(&mut self, most: u64) -> u64 {
        let bits = self.below(51);
        self.below((1 << bits).min(most) + 1)
    }

    pub fn index(&mut self) -> u64 {
        self.number(1_000_000_000_000_000)
    }

    pub fn time(&mut self) -> u64 {
        self.number(100_000_000_000_000).max(1)
    }

    pub fn span(&mut self) -> Span {
        Span::new(self.time(), self.time())
    }

    pub fn word(&mut self) -> String {
        let letters =
            ['a', 'Z', '0', '-', '.', ' ', '"', '\\', '#', '=', '\n', '\r', '\t', 'ß', '>'];
        let words = ["x", "none", "ok", "via", "by", "and", "on", "timeout", "", "within", "s1"];
        if self.coin() {
            return self.one_of(&words).to_owned();
        }
        self.some(5, |dice| dice.one_of(&letters)).into_iter().collect()
    }
}

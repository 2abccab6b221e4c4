//! Measures a run while it goes.

use std::collections::VecDeque;

use crate::raft::{Answer, Index, Role, SERVERS_MAX, ServerId, Term};
use crate::sim::{Changes, EventId, Micros, SECOND, World};

use super::quantity::Quantity;

/// Commands without an answer for that long count against the availability.
const PATIENCE_US: Micros = SECOND;

/// What a run has shown so far of some quantities.
pub(super) struct Meter<'a> {
    quantities: &'a [Quantity],
    /// The newest event that it has looked at.
    event: EventId,
    now_us: Micros,
    has_leader: bool,
    leaderless_us: Micros,
    leaders: [LeaderLog; SERVERS_MAX],
    commit_ms: Vec<f64>,
    /// The newest operation of each client.
    serials: Vec<u64>,
    invoked_us: Vec<Micros>,
    /// When each answered command was sent, and how long its answer took.
    answered: Vec<(Micros, Micros)>,
}

/// The entries of a leader's own term that are not yet committed.
#[derive(Default)]
struct LeaderLog {
    term: Term,
    last_index: Index,
    pending: VecDeque<(Index, Micros)>,
}

impl<'a> Meter<'a> {
    pub fn new(quantities: &'a [Quantity], world: &World) -> Meter<'a> {
        Meter {
            quantities,
            event: world.event(),
            now_us: world.now_us(),
            has_leader: false,
            leaderless_us: 0,
            leaders: Default::default(),
            commit_ms: Vec::new(),
            serials: vec![0; world.clients().len()],
            invoked_us: Vec::new(),
            answered: Vec::new(),
        }
    }

    fn measures(&self, quantity: Quantity) -> bool {
        self.quantities.contains(&quantity)
    }

    /// Looks at what the newest step changed. Call it after every step.
    pub fn observe(&mut self, world: &World, changes: &Changes) {
        if self.measures(Quantity::Leaderless) {
            self.observe_leader(world);
        }
        if world.event() == self.event {
            return;
        }
        self.event = world.event();
        if self.measures(Quantity::CommitLatency) {
            for id in changes.touched().iter() {
                self.observe_log(world, id);
            }
        }
        if self.measures(Quantity::AnswerLatency) || self.measures(Quantity::Availability) {
            self.observe_commands(world, changes);
        }
    }

    fn observe_leader(&mut self, world: &World) {
        let passed_us = world.now_us() - self.now_us;
        self.now_us = world.now_us();
        if !self.has_leader {
            self.leaderless_us += passed_us;
        }
        self.has_leader = !world.leaders().is_empty();
    }

    fn observe_log(&mut self, world: &World, id: ServerId) {
        let known = &mut self.leaders[id.slot()];
        let (server, now_us) = (world.server(id), world.now_us());
        let node = server.node();
        if node.role() != Role::Leader || !server.is_alive() {
            known.term = 0;
            return known.pending.clear();
        }
        let last_index = node.log().last_index();
        if known.term != node.current_term() {
            // Of what it has in its log, only the no-op at its end is of its own term.
            let term = node.current_term();
            *known = LeaderLog { term, last_index: last_index - 1, pending: VecDeque::new() };
        }
        for index in known.last_index + 1..=last_index {
            known.pending.push_back((index, now_us));
        }
        known.last_index = last_index;
        while let Some(&(index, since_us)) = known.pending.front()
            && index <= node.commit_index()
        {
            known.pending.pop_front();
            self.commit_ms.push((now_us - since_us) as f64 / 1e3);
        }
    }

    fn observe_commands(&mut self, world: &World, changes: &Changes) {
        for (client, seen) in world.clients().iter().zip(&mut self.serials) {
            let newer = client.operations().iter().rev().take_while(|known| known.serial() > *seen);
            self.invoked_us.extend(newer.map(|operation| operation.invoked_us));
            *seen = client.operations().back().map_or(*seen, |newest| newest.serial());
        }
        for &(client, serial) in changes.answered() {
            let operation = world.clients()[client.slot()].operation(serial);
            if let Some(operation) = operation
                && let Some((answered_us, answer)) = &operation.answered
                && !matches!(answer, Answer::NotLeader | Answer::Timeout | Answer::Expired)
            {
                let sent_us = operation.invoked_us;
                self.answered.push((sent_us, answered_us - sent_us));
            }
        }
    }

    /// The values of each quantity at the end of a run.
    pub fn finish(self, world: &World, last_wait_us: Option<Micros>, broken: usize) -> Values {
        let ms = |us: Micros| us as f64 / 1e3;
        let values = |quantity: &Quantity| match quantity {
            Quantity::LastWait => last_wait_us.map(ms).into_iter().collect(),
            Quantity::RunTime => vec![ms(world.now_us())],
            Quantity::CommitLatency => self.commit_ms.clone(),
            Quantity::AnswerLatency => {
                self.answered.iter().map(|(_, took_us)| ms(*took_us)).collect()
            }
            Quantity::Availability => self.availability(world).into_iter().collect(),
            Quantity::Leaderless => {
                let all_us = world.now_us().max(1);
                vec![self.leaderless_us as f64 / all_us as f64]
            }
            Quantity::Terms => {
                let terms = world.servers().iter().map(|server| server.node().current_term());
                terms.max().map(|term| term as f64).into_iter().collect()
            }
            Quantity::Messages => vec![world.messages_sent() as f64],
            Quantity::Violations => vec![broken as f64],
        };
        self.quantities.iter().map(values).collect()
    }

    fn availability(&self, world: &World) -> Option<f64> {
        let counts = |sent_us: Micros| sent_us + PATIENCE_US <= world.now_us();
        let sent = self.invoked_us.iter().filter(|sent_us| counts(**sent_us)).count();
        let in_time =
            |(sent_us, took_us): &&(Micros, Micros)| counts(*sent_us) && *took_us <= PATIENCE_US;
        let answered = self.answered.iter().filter(in_time).count();
        (sent > 0).then(|| answered as f64 / sent as f64)
    }
}

/// The values of each quantity.
pub(super) type Values = Vec<Vec<f64>>;

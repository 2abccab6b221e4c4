//! Clients' histories, written by hand or drawn at random from a store that does what it should, or does not.

use std::collections::BTreeMap;
use std::sync::Arc;

use raftarium::check::History;
use raftarium::raft::{Answer, ClientCommand, ClientId, Op};
use raftarium::sim::Operation;
use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

/// The most operations of a drawn history.
const OPERATIONS_MAX: u64 = 12;
/// The stream of random numbers that histories are drawn from.
const STREAM: u64 = 0x11_EA;

/// One thing that happens at a client; operations are named by their places.
#[derive(Clone, Debug)]
pub enum Moment {
    Call(Op),
    Answer(usize, Answer),
}

/// What happened, in order.
#[derive(Clone, Debug, Default)]
pub struct Told {
    pub moments: Vec<Moment>,
    /// Whose each operation is.
    pub clients: Vec<ClientId>,
}

impl Told {
    /// An operation begins.
    pub fn call(&mut self, client: usize, op: Op) -> usize {
        self.moments.push(Moment::Call(op));
        self.clients.push(ClientId::from_slot(client));
        self.clients.len() - 1
    }

    /// An operation ends.
    pub fn answer(&mut self, operation: usize, answer: Answer) {
        self.moments.push(Moment::Answer(operation, answer));
    }

    /// An operation that nothing overlaps.
    pub fn alone(&mut self, client: usize, op: Op, answer: Answer) {
        let operation = self.call(client, op);
        self.answer(operation, answer);
    }

    /// Tells a checker, and gives the place of the moment at which it finds fault, and what it then says.
    pub fn judge(&self, history: &mut History) -> Option<(usize, String)> {
        let mut operations: Vec<Operation> = Vec::new();
        for (place, moment) in self.moments.iter().enumerate() {
            let (order, time_us) = (place as u64 + 1, place as u64 * 1_000);
            match moment {
                Moment::Call(op) => {
                    let client = self.clients[operations.len()];
                    let command = ClientCommand {
                        client,
                        serial: operations.len() as u64 + 1,
                        answered_below: 1,
                        op: op.clone(),
                    };
                    operations.push(Operation {
                        command: Arc::new(command),
                        invoked_us: time_us,
                        answered: None,
                        attempts: 1,
                        redirects: 0,
                        target: None,
                        guessed: None,
                        answer_order: 0,
                        invoke_order: order,
                    });
                    history.invoked(operations.last().expect("it was just pushed"));
                }
                Moment::Answer(operation, answer) => {
                    let operation = &mut operations[*operation];
                    operation.answered = Some((time_us, answer.clone()));
                    operation.answer_order = order;
                    if let Some(text) = history.answered(operation) {
                        return Some((place, text));
                    }
                }
            }
        }
        None
    }
}

/// A store of one's own, that may be made to err.
struct Drawing {
    dice: Pcg32,
    told: Told,
    store: BTreeMap<String, String>,
    /// What it held a while ago.
    past: BTreeMap<String, String>,
    /// One in so many effects goes wrong.
    errs: Option<u64>,
    /// Operations, and what they will be answered once they have happened.
    open: Vec<(usize, Op, Option<Answer>)>,
    /// Operations whose clients have given them up; they may still happen.
    lost: Vec<Op>,
    keys: u64,
    values: u64,
}

/// The history of that seed. A third comes from a store that never errs.
pub fn drawn(seed: u64) -> Told {
    let mut dice = Pcg32::new(seed, STREAM);
    let (clients, operations) = (2 + below(&mut dice, 4), 4 + below(&mut dice, OPERATIONS_MAX - 3));
    let mut drawing = Drawing {
        errs: [None, Some(2), Some(4)][below(&mut dice, 3) as usize],
        keys: 1 + below(&mut dice, 5) / 4,
        values: [2, 4, 100][below(&mut dice, 3) as usize],
        dice,
        told: Told::default(),
        store: BTreeMap::new(),
        past: BTreeMap::new(),
        open: Vec::new(),
        lost: Vec::new(),
    };
    let forgetful = drawing.below(3) == 0;
    while (drawing.told.clients.len() as u64) < operations || drawing.below(20) != 0 {
        match drawing.below(8) {
            0..=2 if (drawing.told.clients.len() as u64) < operations => drawing.begin(clients),
            3 | 4 => drawing.happen(),
            7 if forgetful && drawing.below(2) == 0 => drawing.lose(),
            _ => drawing.answer(),
        }
    }
    drawing.told
}

fn below(dice: &mut Pcg32, count: u64) -> u64 {
    (u64::from(dice.next_u32()) * count) >> 32
}

impl Drawing {
    fn below(&mut self, count: u64) -> u64 {
        below(&mut self.dice, count)
    }

    fn begin(&mut self, clients: u64) {
        let client = self.below(clients) as usize;
        let busy = |&(operation, ..): &(usize, _, _)| self.told.clients[operation].slot() == client;
        // Now and then a client does not wait for its answer.
        if self.open.iter().any(busy) && self.below(10) != 0 {
            return;
        }
        let key = ["x", "y"][self.below(self.keys) as usize].to_owned();
        let op = match self.below(10) {
            0..=2 => Op::Set { key, value: self.value() },
            3 => Op::Delete { key },
            4 | 5 => Op::Cas { key, old: self.value(), new: self.value() },
            _ => Op::Get { key },
        };
        let operation = self.told.call(client, op.clone());
        self.open.push((operation, op, None));
    }

    fn value(&mut self) -> String {
        self.below(self.values).to_string()
    }

    /// An operation that is under way takes effect.
    fn happen(&mut self) {
        if !self.lost.is_empty() && self.below(3) == 0 {
            let place = self.below(self.lost.len() as u64) as usize;
            let op = self.lost.swap_remove(place);
            self.perform(&op);
        } else if !self.open.is_empty() {
            let place = self.below(self.open.len() as u64) as usize;
            let (operation, op, done) = self.open[place].clone();
            if done.is_none() {
                self.open[place] = (operation, op.clone(), Some(self.perform(&op)));
            }
        }
        if self.below(4) == 0 {
            self.past = self.store.clone();
        }
    }

    fn answer(&mut self) {
        let ready = self.open.iter().position(|(_, _, done)| done.is_some());
        let Some(ready) = ready else { return };
        if let (operation, op, Some(mut answer)) = self.open.swap_remove(ready) {
            if op.is_read() && self.errs() {
                answer = Answer::Value(self.value());
            }
            self.told.answer(operation, answer);
            if self.errs() {
                // It happens a second time.
                self.lost.push(op);
            }
        }
    }

    fn lose(&mut self) {
        if self.open.is_empty() {
            return;
        }
        let place = self.below(self.open.len() as u64) as usize;
        let (operation, op, done) = self.open.swap_remove(place);
        let answer = [Answer::Timeout, Answer::NotLeader][self.below(2) as usize].clone();
        self.told.answer(operation, answer);
        if done.is_none() {
            self.lost.push(op);
        }
    }

    fn errs(&mut self) -> bool {
        self.errs.is_some_and(|one_in| below(&mut self.dice, one_in) == 0)
    }

    fn perform(&mut self, op: &Op) -> Answer {
        if self.errs() {
            let mut copy = match self.below(3) {
                // A stale read, a write that nobody keeps, or a read of what nobody wrote there.
                0 => self.past.clone(),
                1 => self.store.clone(),
                _ => BTreeMap::from([(op.key().to_owned(), self.value())]),
            };
            return perform(&mut copy, op);
        }
        perform(&mut self.store, op)
    }
}

/// What a command does to a store.
pub fn perform(store: &mut BTreeMap<String, String>, op: &Op) -> Answer {
    match op {
        Op::Set { key, value } => {
            store.insert(key.clone(), value.clone());
            Answer::Ok
        }
        Op::Get { key } => store.get(key).cloned().map_or(Answer::Nothing, Answer::Value),
        Op::Delete { key } => {
            store.remove(key);
            Answer::Ok
        }
        Op::Cas { key, old, .. } if store.get(key) != Some(old) => Answer::Failed,
        Op::Cas { key, new, .. } => {
            store.insert(key.clone(), new.clone());
            Answer::Ok
        }
    }
}

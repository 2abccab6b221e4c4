//! Clients' histories, handwritten or generated from a random store that is correct or faulty.

use std::collections::BTreeMap;

use raftarium::check::History;
use raftarium::raft::{Answer, ClientCommand, ClientId, Op};
use raftarium::sim::Operation;
use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

/// The most operations in a generated history.
const OPERATIONS_MAX: u64 = 12;
/// The stream of random numbers that histories are drawn from.
const STREAM: u64 = 0x11_EA;

/// One thing that happens at a client. Operations are numbered from 0 in the order of their
/// invocations.
#[derive(Clone, Debug)]
pub enum Step {
    Invoke(Op),
    Respond(usize, Answer),
}

#[derive(Clone, Debug, Default)]
pub struct Sequence {
    pub steps: Vec<Step>,
    /// The client of each operation.
    pub clients: Vec<ClientId>,
}

impl Sequence {
    pub fn invoke(&mut self, client: usize, op: Op) -> usize {
        self.steps.push(Step::Invoke(op));
        self.clients.push(ClientId::from_slot(client));
        self.clients.len() - 1
    }

    pub fn respond(&mut self, operation: usize, answer: Answer) {
        self.steps.push(Step::Respond(operation, answer));
    }

    /// Adds an operation that overlaps no other.
    pub fn add(&mut self, client: usize, op: Op, answer: Answer) {
        let operation = self.invoke(client, op);
        self.respond(operation, answer);
    }

    /// Feeds the steps to a checker. Returns the step at which it reports a violation, and the
    /// text.
    pub fn judge(&self, history: &mut History) -> Option<(usize, String)> {
        let mut operations: Vec<Operation> = Vec::new();
        for (place, step) in self.steps.iter().enumerate() {
            let (order, time_us) = (place as u64 + 1, place as u64 * 1_000);
            match step {
                Step::Invoke(op) => {
                    let client = self.clients[operations.len()];
                    let command = ClientCommand {
                        client,
                        serial: operations.len() as u64 + 1,
                        answered_below: 1,
                        op: op.clone(),
                    };
                    operations.push(Operation::new(command, time_us, order));
                    history.invoke(operations.last().expect("just pushed"), 0);
                }
                Step::Respond(operation, answer) => {
                    let operation = &mut operations[*operation];
                    operation.answered = Some((time_us, answer.clone()));
                    operation.answer_order = order;
                    if let Some(text) = history.respond(operation, 0).map(|found| found.text) {
                        return Some((place, text));
                    }
                }
            }
        }
        None
    }
}

/// A store that may be made faulty, with the clients that use it.
struct Generator {
    dice: Pcg32,
    sequence: Sequence,
    store: BTreeMap<String, String>,
    /// An earlier state of the store: what a stale read sees.
    past: BTreeMap<String, String>,
    /// One effect in this many goes wrong.
    faulty_one_in: Option<u64>,
    /// Operations, with their answers once they have taken effect.
    open: Vec<(usize, Op, Option<Answer>)>,
    /// Operations that their clients have given up. They may still take effect.
    lost: Vec<Op>,
    keys: u64,
    values: u64,
}

/// Generates the history of a seed. One in three comes from a correct store.
pub fn generate(seed: u64) -> Sequence {
    let mut dice = Pcg32::new(seed, STREAM);
    let (clients, operations) = (2 + below(&mut dice, 4), 4 + below(&mut dice, OPERATIONS_MAX - 3));
    let mut generator = Generator {
        faulty_one_in: [None, Some(2), Some(4)][below(&mut dice, 3) as usize],
        keys: 1 + below(&mut dice, 5) / 4,
        values: [2, 4, 100][below(&mut dice, 3) as usize],
        dice,
        sequence: Sequence::default(),
        store: BTreeMap::new(),
        past: BTreeMap::new(),
        open: Vec::new(),
        lost: Vec::new(),
    };
    let loses_answers = generator.below(3) == 0;
    while (generator.sequence.clients.len() as u64) < operations || generator.below(20) != 0 {
        match generator.below(8) {
            0..=2 if (generator.sequence.clients.len() as u64) < operations => {
                generator.begin(clients)
            }
            3 | 4 => generator.take_effect(),
            7 if loses_answers && generator.below(2) == 0 => generator.lose(),
            _ => generator.answer(),
        }
    }
    generator.sequence
}

fn below(dice: &mut Pcg32, count: u64) -> u64 {
    (u64::from(dice.next_u32()) * count) >> 32
}

impl Generator {
    fn below(&mut self, count: u64) -> u64 {
        below(&mut self.dice, count)
    }

    fn begin(&mut self, clients: u64) {
        let client = self.below(clients) as usize;
        let busy =
            |&(operation, ..): &(usize, _, _)| self.sequence.clients[operation].slot() == client;
        // Sometimes a client does not wait for its answer.
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
        let operation = self.sequence.invoke(client, op.clone());
        self.open.push((operation, op, None));
    }

    fn value(&mut self) -> String {
        self.below(self.values).to_string()
    }

    /// One operation in flight takes effect.
    fn take_effect(&mut self) {
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
            if op.is_read() && self.goes_wrong() {
                answer = Answer::Value(self.value());
            }
            self.sequence.respond(operation, answer);
            if self.goes_wrong() {
                // It takes effect a second time.
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
        self.sequence.respond(operation, answer);
        if done.is_none() {
            self.lost.push(op);
        }
    }

    fn goes_wrong(&mut self) -> bool {
        self.faulty_one_in.is_some_and(|one_in| below(&mut self.dice, one_in) == 0)
    }

    fn perform(&mut self, op: &Op) -> Answer {
        if self.goes_wrong() {
            let mut copy = match self.below(3) {
                // A stale read, a lost write, or a read of a value that nobody wrote.
                0 => self.past.clone(),
                1 => self.store.clone(),
                _ => BTreeMap::from([(op.key().to_owned(), self.value())]),
            };
            return perform(&mut copy, op);
        }
        perform(&mut self.store, op)
    }
}

/// Applies a command to a store.
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

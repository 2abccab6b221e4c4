//! Draws commands of clients.

use crate::raft::{ClientId, Op};
use crate::sim::Act;

use super::Generator;

impl Generator {
    pub fn request(&mut self) -> Act {
        let key = self.pick(&["x", "y"]).to_owned();
        let op = match self.below(8) {
            0..=2 => Op::Set { key, value: self.new_value() },
            3 => Op::Cas { key, old: self.old_value(), new: self.new_value() },
            4 => Op::Delete { key },
            _ => Op::Get { key },
        };
        let by = Some(ClientId::from_slot(self.below(self.clients as u64) as usize));
        let via = self.one_in(4).then(|| self.server().into());
        Act::Request { op, via, by }
    }

    /// The command that a cluster must answer once it is left alone. Without no-ops a read shows
    /// more than a write, which commits itself and all before it.
    pub fn probe(&mut self) -> Act {
        let key = "end".to_owned();
        let op = match self.one_in(2) {
            true => Op::Set { key, value: "0".to_owned() },
            false => Op::Get { key },
        };
        Act::Request { op, via: None, by: Some(ClientId::from_slot(0)) }
    }

    pub fn new_value(&mut self) -> String {
        self.values += 1;
        self.values.to_string()
    }

    fn old_value(&mut self) -> String {
        self.values.saturating_sub(self.below(3)).to_string()
    }
}

//! Draws membership changes.

use crate::sim::{Act, Servers};

use super::Generator;

impl Generator {
    pub fn membership_change(&mut self) -> Act {
        let server = self.server().into();
        match self.below(6) {
            0 => Act::Add { server, learner: true },
            1 | 2 => Act::Add { server, learner: false },
            3 => Act::Promote(server),
            4 => Act::Remove(server),
            _ => Act::Members(Servers::Named(self.half())),
        }
    }
}

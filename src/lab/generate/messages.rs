//! Draws faults of the next few messages of some kind.

use crate::raft::Kind;
use crate::sim::{Act, Count, Ends, Filter, Interception};

use super::Generator;

/// The most messages that one fault affects.
const MESSAGES_MAX: u64 = 5;

impl Generator {
    /// A fault for the next few messages of some kind, perhaps only from one server.
    pub fn intercept(&mut self, interception: Interception) -> Act {
        let kinds = [
            Kind::RequestVote,
            Kind::Vote,
            Kind::Append,
            Kind::Append,
            Kind::AppendReply,
            Kind::InstallSnapshot,
            Kind::Request,
            Kind::Reply,
        ];
        let count = Count::Next(self.below(MESSAGES_MAX) as u32 + 1);
        let kind = Some(self.pick(&kinds));
        let from = self.one_in(3).then(|| Ends::Servers(self.server().into()));
        Act::Intercept(interception, count, Filter { kind, from, to: None })
    }
}

//! Compares numbers of servers, and what leaders keep of the logs of their followers.

use crate::raft::{Progress, Role, ServerId};
use crate::sim::Server;

use super::evaluate::Evaluator;
use super::{Amount, ClusterNumber, Comparison, FollowerMeasure, Measure};

impl Measure {
    fn of(self, server: &Server) -> u64 {
        let node = server.node();
        match self {
            Measure::Term => node.current_term(),
            Measure::LastIndex => node.log().last_index(),
            Measure::Commit => node.commit_index(),
            Measure::Applied => node.last_applied(),
            Measure::Snapshot => node.log().snapshot_index(),
        }
    }
}

impl FollowerMeasure {
    fn of(self, progress: &Progress) -> u64 {
        match self {
            FollowerMeasure::Match => progress.match_index,
            FollowerMeasure::Next => progress.next_index,
        }
    }
}

impl Evaluator<'_> {
    /// Whether the comparison holds for what the server has of the quantity.
    pub fn compares(
        &self,
        quantity: &ClusterNumber,
        id: ServerId,
        comparison: Comparison,
        amount: &Amount,
    ) -> bool {
        self.all_of(quantity, id, |number| self.compares_number(number, comparison, amount))
    }

    pub fn compares_number(&self, number: u64, comparison: Comparison, amount: &Amount) -> bool {
        match amount {
            Amount::Number(other) => comparison.holds(number, *other),
            Amount::Cluster(quantity) => {
                let subjects = self.subjects_of(quantity);
                let holds_for =
                    |id| self.all_of(quantity, id, |other| comparison.holds(number, other));
                !subjects.is_empty() && subjects.iter().all(holds_for)
            }
        }
    }

    /// Whether the server has such numbers and all of them pass. A server that does not lead has no
    /// numbers for followers, and a leader has none for a server to which it does not replicate.
    fn all_of(&self, quantity: &ClusterNumber, id: ServerId, passes: impl Fn(u64) -> bool) -> bool {
        let server = self.world().server(id);
        match quantity {
            ClusterNumber::Server(measure, _) => passes(measure.of(server)),
            ClusterNumber::Follower(measure, _, followers) => {
                let followers = self.resolve(*followers);
                let progress = |follower| server.node().progress(follower);
                let passes = |follower| progress(follower).is_some_and(|it| passes(measure.of(it)));
                !followers.is_empty() && followers.iter().all(passes)
            }
        }
    }

    /// What the server has of the quantity, for a message.
    pub fn numbers_on(&self, quantity: &ClusterNumber, id: ServerId) -> String {
        let server = self.world().server(id);
        match quantity {
            ClusterNumber::Server(measure, _) => {
                format!("{} {id} is {}", measure.name(), measure.of(server))
            }
            ClusterNumber::Follower(measure, _, followers) => {
                if server.node().role() != Role::Leader {
                    return format!("{id} does not lead");
                }
                let number = |follower| match server.node().progress(follower) {
                    Some(it) => format!("{} {id} {follower} is {}", measure.name(), measure.of(it)),
                    None => format!("{id} replicates nothing to {follower}"),
                };
                let numbers: Vec<String> = self.resolve(*followers).iter().map(number).collect();
                match numbers.is_empty() {
                    true => "there are no followers".to_owned(),
                    false => numbers.join(", "),
                }
            }
        }
    }

    /// What the numbers are compared with, unless the condition itself says it.
    pub fn amount_found(&self, amount: &Amount) -> Option<String> {
        let Amount::Cluster(quantity) = amount else { return None };
        let subjects = self.subjects_of(quantity);
        let found: Vec<String> = subjects.iter().map(|id| self.numbers_on(quantity, id)).collect();
        Some(match found.is_empty() {
            true => "there is no such server to compare with".to_owned(),
            false => found.join(", "),
        })
    }
}

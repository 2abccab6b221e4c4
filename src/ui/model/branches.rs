//! What else became of the run.

use crate::script::Session;
use crate::sim::Micros;

/// This branch and the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BranchesModel {
    /// What this one is called.
    pub name: String,
    /// The others, oldest first.
    pub others: Vec<BranchModel>,
}

/// A branch that can be returned to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchModel {
    /// What it is called.
    pub name: String,
    /// The moment at which it was left.
    pub left_us: Micros,
    /// The furthest moment that was seen of it.
    pub end_us: Micros,
    /// The moment at which another run went another way.
    pub forked_us: Option<Micros>,
    /// How many things are done by hand in it.
    pub hands: usize,
}

pub(super) fn take(session: &Session) -> BranchesModel {
    let others = session.branches().iter().map(|branch| BranchModel {
        name: branch.name().to_owned(),
        left_us: branch.left_us(),
        end_us: branch.end_us(),
        forked_us: branch.forked_us(),
        hands: branch.hands(),
    });
    BranchesModel { name: session.branch_name().to_owned(), others: others.collect() }
}

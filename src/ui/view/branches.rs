//! The branches of the session: this run, and those that were left by acting in the past.

use crate::script::Session;
use crate::sim::Micros;
use crate::ui::text::moment;

use super::branch_tree::{self, BranchNode};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchesModel {
    pub this: BranchModel,
    /// The oldest first.
    pub others: Vec<BranchModel>,
    /// All of them as a tree; empty while there is only one.
    pub tree: Vec<BranchNode>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchModel {
    pub name: String,
    /// The time at which it was left; none for this branch.
    pub left_us: Option<Micros>,
    /// The time from which it differs from this branch.
    pub diverged_us: Option<Micros>,
    /// The latest time that was reached in it.
    pub end_us: Micros,
    /// The number of manual actions in it.
    pub actions: usize,
}

impl BranchModel {
    /// Where it diverges and ends, in one phrase.
    pub fn summary(&self) -> String {
        let diverges = match (self.left_us, self.diverged_us) {
            (None, _) => String::new(),
            (Some(_), Some(diverged_us)) => format!("diverges at {}, ", moment(diverged_us)),
            (Some(_), None) => "the same run so far, ".to_owned(),
        };
        let left = match self.left_us {
            Some(left_us) if self.diverged_us != Some(left_us) => {
                format!("left at {}, ", moment(left_us))
            }
            _ => String::new(),
        };
        let actions = match self.actions {
            0 => "no actions".to_owned(),
            1 => "1 action".to_owned(),
            count => format!("{count} actions"),
        };
        format!("{diverges}{left}ends at {}, {actions}", moment(self.end_us))
    }
}

pub(super) fn model(session: &Session) -> BranchesModel {
    let this = BranchModel {
        name: session.branch_name().to_owned(),
        left_us: None,
        diverged_us: None,
        end_us: session.end_us(),
        actions: session.action_count(),
    };
    let others = session.branches().iter().enumerate().map(|(number, branch)| BranchModel {
        name: branch.name().to_owned(),
        left_us: Some(branch.left_us()),
        diverged_us: session.parted_us(number),
        end_us: branch.end_us(),
        actions: branch.action_count(),
    });
    BranchesModel { this, others: others.collect(), tree: branch_tree::nodes(session) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acting_in_the_past_keeps_the_original_run_as_a_branch() {
        let mut session = Session::open("servers 3\n").expect("a script");
        session.seek(800_000).expect("not far");
        session.exec("crash s1").expect("done");
        session.seek(900_000).expect("not far");
        assert!(model(&session).others.is_empty());
        session.seek(500_000).expect("not far");
        session.exec("crash s2").expect("done");
        let main = BranchModel {
            name: "main".to_owned(),
            left_us: Some(500_000),
            diverged_us: Some(500_000),
            end_us: 900_000,
            actions: 1,
        };
        let found = model(&session);
        assert_eq!(found.others, [main]);
        let summary = "diverges at 0.500 s, ends at 0.900 s, 1 action";
        assert_eq!(found.others[0].summary(), summary);
        assert_eq!((found.this.end_us, found.this.actions), (500_000, 1));
        session.rename_branch(Some(0), "as it was");
        session.rename_branch(Some(7), "nobody");
        session.rename_branch(None, "what if");
        let found = model(&session);
        assert_eq!((&*found.this.name, &*found.others[0].name), ("what if", "as it was"));
    }
}

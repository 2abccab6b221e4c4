//! What else became of the run.

use crate::script::Session;
use crate::sim::Micros;

/// This branch and the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchesModel {
    /// This one.
    pub this: BranchModel,
    /// The others, oldest first.
    pub others: Vec<BranchModel>,
}

/// A branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchModel {
    /// What it is called.
    pub name: String,
    /// The moment at which it was left; nothing for this one.
    pub left_us: Option<Micros>,
    /// From when on it is another run than this one.
    pub parted_us: Option<Micros>,
    /// The furthest moment that was seen of it.
    pub end_us: Micros,
    /// How many things are done by hand in it.
    pub hands: usize,
}

pub(super) fn take(session: &Session) -> BranchesModel {
    let this = BranchModel {
        name: session.branch_name().to_owned(),
        left_us: None,
        parted_us: None,
        end_us: session.end_us(),
        hands: session.hands(),
    };
    let others = session.branches().iter().enumerate().map(|(number, branch)| BranchModel {
        name: branch.name().to_owned(),
        left_us: Some(branch.left_us()),
        parted_us: session.parted_us(number),
        end_us: branch.end_us(),
        hands: branch.hands(),
    });
    BranchesModel { this, others: others.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_acts_in_the_past_finds_the_old_branch_among_the_others() {
        let mut session = Session::open("servers 3\n").expect("a script");
        session.seek(800_000).expect("not far");
        session.exec("crash s1").expect("done");
        session.seek(900_000).expect("not far");
        assert!(take(&session).others.is_empty());
        session.seek(500_000).expect("not far");
        session.exec("crash s2").expect("done");
        let main = BranchModel {
            name: "main".to_owned(),
            left_us: Some(500_000),
            parted_us: Some(500_000),
            end_us: 900_000,
            hands: 1,
        };
        let model = take(&session);
        assert_eq!(model.others, [main]);
        assert_eq!((model.this.end_us, model.this.hands), (500_000, 1));
        session.rename_branch(Some(0), "as it was");
        session.rename_branch(Some(7), "nobody");
        session.rename_branch(None, "what if");
        let model = take(&session);
        assert_eq!((&*model.this.name, &*model.others[0].name), ("what if", "as it was"));
    }
}

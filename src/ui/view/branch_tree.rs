//! The branches as a tree: each parts from the one that it has the most in common with.

use crate::script::Session;
use crate::sim::Micros;

/// A branch in the tree. A parent comes before its children, and they follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchNode {
    pub name: String,
    /// Whether it is the branch that is shown.
    pub is_this: bool,
    /// The place of its parent in the list, and when the two parted.
    pub parent: Option<(usize, Micros)>,
    /// The latest time that was reached in it.
    pub end_us: Micros,
}

/// A branch by its number among the others, or the one that is shown; its parent, by its place
/// among those before it, and when the two parted.
type Rooted = (Option<usize>, Option<(usize, Micros)>);

pub(super) fn nodes(session: &Session) -> Vec<BranchNode> {
    let count = session.branches().len();
    if count == 0 {
        return Vec::new();
    }
    let mut rooted: Vec<Rooted> = Vec::new();
    for branch in (0..count).map(Some).chain([None]) {
        let parted = |other: Option<usize>| {
            let differ_us = session.parted_between_us(branch, other);
            differ_us.unwrap_or_else(|| end_us(session, branch).min(end_us(session, other)))
        };
        let places = rooted.iter().enumerate().map(|(place, (other, _))| (parted(*other), place));
        // Of equals the oldest.
        let parent = places.max_by_key(|(parted_us, place)| (*parted_us, usize::MAX - place));
        rooted.push((branch, parent.map(|(parted_us, place)| (place, parted_us))));
    }
    let mut nodes = Vec::new();
    add(session, &rooted, 0, None, &mut nodes);
    nodes
}

/// Adds a branch and, after it, its children: those that part last come first, so that
/// no line crosses another.
fn add(
    session: &Session,
    rooted: &[Rooted],
    place: usize,
    parent: Option<(usize, Micros)>,
    nodes: &mut Vec<BranchNode>,
) {
    let branch = rooted[place].0;
    let here = nodes.len();
    nodes.push(BranchNode {
        name: name(session, branch),
        is_this: branch.is_none(),
        parent,
        end_us: end_us(session, branch),
    });
    let children = rooted.iter().enumerate().filter_map(|(child, (_, parent))| {
        let (of, parted_us) = (*parent)?;
        (of == place).then_some((parted_us, child))
    });
    let mut children: Vec<_> = children.collect();
    children.sort_by_key(|(parted_us, child)| (std::cmp::Reverse(*parted_us), *child));
    for (parted_us, child) in children {
        add(session, rooted, child, Some((here, parted_us)), nodes);
    }
}

fn name(session: &Session, branch: Option<usize>) -> String {
    match branch {
        Some(number) => session.branches()[number].name().to_owned(),
        None => session.branch_name().to_owned(),
    }
}

fn end_us(session: &Session, branch: Option<usize>) -> Micros {
    branch.map_or(session.end_us(), |number| session.branches()[number].end_us())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn act_at(session: &mut Session, time_us: Micros, line: &str) {
        session.seek(time_us).expect("not far");
        session.exec(line).expect("done");
        session.seek(1_000_000).expect("not far");
    }

    #[test]
    fn each_branch_parts_from_the_one_that_it_is_most_like() {
        let mut session = Session::open("servers 3\n").expect("a script");
        assert!(nodes(&session).is_empty());
        session.seek(1_000_000).expect("not far");
        act_at(&mut session, 500_000, "crash s1");
        act_at(&mut session, 700_000, "crash s2");
        session.return_to(0).expect("main");
        act_at(&mut session, 200_000, "crash s3");
        let found = nodes(&session);
        let lines = found.iter().map(|node| {
            let of = node.parent.map(|(place, us)| (found[place].name.as_str(), us / 1_000));
            (node.name.as_str(), node.is_this, of)
        });
        assert_eq!(
            lines.collect::<Vec<_>>(),
            [
                ("branch 1", false, None),
                ("branch 2", false, Some(("branch 1", 700))),
                ("main", false, Some(("branch 1", 500))),
                ("branch 3", true, Some(("branch 1", 200))),
            ]
        );
    }
}

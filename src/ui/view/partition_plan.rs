//! What a partition that a person chooses cuts, heals and keeps.

use crate::raft::{ServerId, ServerSet};
use crate::sim::{Act, Ends, Servers};
use crate::ui::state::PartitionDraft;

use super::links::{LinkModel, LinkState};
use super::sides::SideModel;

/// The acts that make a partition, and what they do to links that are cut.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PartitionPlan {
    /// Empty if nothing would change.
    pub acts: Vec<Act>,
    /// The links that are healed: their servers were on two sides and come into one group.
    pub heals: Vec<(ServerId, ServerId)>,
    /// The links within a group that stay cut, in one direction or in both.
    pub keeps: Vec<(ServerId, ServerId)>,
}

/// The groups that there are.
pub fn draft_of(sides: &[SideModel]) -> PartitionDraft {
    PartitionDraft::of(sides.iter().map(|side| side.servers))
}

/// Makes these the groups. Servers that come from two sides into one group reach each other again;
/// every other link that is cut within a group stays so.
pub fn partition_plan(
    links: &[LinkModel],
    sides: &[SideModel],
    groups: &[ServerSet],
) -> PartitionPlan {
    if groups.len() < 2 {
        return PartitionPlan::default();
    }
    let is_together = |link: &&LinkModel| {
        groups.iter().any(|group| group.contains(link.a) && group.contains(link.b))
    };
    let was_apart = |link: &LinkModel| {
        !sides.is_empty()
            && !sides
                .iter()
                .any(|side| side.servers.contains(link.a) && side.servers.contains(link.b))
    };
    let cut_within: Vec<&LinkModel> =
        links.iter().filter(is_together).filter(|link| link.state != LinkState::Up).collect();
    let ends = |links: Vec<&&LinkModel>| links.into_iter().map(|link| (link.a, link.b)).collect();
    let heals: Vec<_> = ends(cut_within.iter().filter(|link| was_apart(link)).collect());
    let keeps: Vec<_> = ends(cut_within.iter().filter(|link| !was_apart(link)).collect());
    let is_new = |link: &LinkModel| !is_together(&link) && link.state != LinkState::Cut;
    let changes = !heals.is_empty() || links.iter().any(is_new);
    let acts = match (changes, keeps.is_empty()) {
        (false, _) => Vec::new(),
        (true, true) => vec![Act::Partition(groups.iter().copied().map(Servers::Named).collect())],
        // A partition would heal what stays cut.
        (true, false) => {
            let healing = sides_joined(sides, groups, &heals);
            healing.chain(cuts_between(links, groups)).collect()
        }
    };
    PartitionPlan { acts, heals, keeps }
}

/// Cuts all links across a line, and keeps all cuts that there are.
pub fn line_plan(links: &[LinkModel], left: ServerSet, right: ServerSet) -> PartitionPlan {
    // As if there were no sides: then nothing is healed.
    partition_plan(links, &[], &[left, right])
}

fn ends(servers: ServerSet) -> Ends {
    Ends::Servers(Servers::Named(servers))
}

/// Heals the links between the parts of each group that come from different sides.
fn sides_joined<'a>(
    sides: &'a [SideModel],
    groups: &'a [ServerSet],
    heals: &'a [(ServerId, ServerId)],
) -> impl Iterator<Item = Act> + use<'a> {
    groups.iter().flat_map(move |group| {
        let parts: Vec<ServerSet> = sides
            .iter()
            .map(|side| side.servers.intersection(*group))
            .filter(|part| !part.is_empty())
            .collect();
        let mut acts = Vec::new();
        for (place, part) in parts.iter().enumerate() {
            for other in &parts[place + 1..] {
                let joins = |(a, b): &(ServerId, ServerId)| {
                    part.contains(*a) && other.contains(*b)
                        || part.contains(*b) && other.contains(*a)
                };
                if heals.iter().any(joins) {
                    acts.push(Act::Heal(Some((ends(*part), ends(*other)))));
                }
            }
        }
        acts
    })
}

/// Cuts the links between the groups, as far as they are up.
fn cuts_between<'a>(
    links: &'a [LinkModel],
    groups: &'a [ServerSet],
) -> impl Iterator<Item = Act> + use<'a> {
    groups.iter().enumerate().filter_map(move |(place, group)| {
        let rest = groups[place + 1..].iter().fold(ServerSet::EMPTY, |rest, set| rest.union(*set));
        let is_up = |link: &LinkModel| {
            let crosses = group.contains(link.a) && rest.contains(link.b)
                || group.contains(link.b) && rest.contains(link.a);
            crosses && link.state != LinkState::Cut
        };
        let cut = || Act::Cut { from: ends(*group), to: ends(rest), both: true };
        links.iter().any(is_up).then(cut)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{Session, act_line};

    fn set(numbers: &[usize]) -> ServerSet {
        numbers.iter().filter_map(|number| ServerId::new(*number)).collect()
    }

    /// The plan for these groups after that script, as text.
    fn plan(script: &str, groups: &[&[usize]]) -> (Vec<String>, PartitionPlan) {
        let mut session = Session::open(script).expect("a script");
        assert!(session.finish().ok);
        let world = session.world();
        let groups: Vec<ServerSet> = groups.iter().map(|numbers| set(numbers)).collect();
        let (links, sides) =
            (super::super::links::models(world), super::super::sides::models(world));
        let plan = partition_plan(&links, &sides, &groups);
        (plan.acts.iter().map(act_line).collect(), plan)
    }

    #[test]
    fn without_other_cuts_it_is_a_partition() {
        let (acts, plan) = plan("run 0ms\n", &[&[1, 2], &[3, 4, 5]]);
        assert_eq!(acts, ["partition s1,s2 | s3,s4,s5"]);
        assert!(plan.heals.is_empty() && plan.keeps.is_empty());
    }

    #[test]
    fn a_server_that_changes_sides_reaches_its_new_side() {
        let (acts, plan) = plan("partition s1,s2 | s3,s4,s5\n", &[&[1, 2, 3], &[4, 5]]);
        assert_eq!(acts, ["partition s1,s2,s3 | s4,s5"]);
        let id = |number| ServerId::new(number).expect("a server");
        assert_eq!(plan.heals, [(id(1), id(3)), (id(2), id(3))]);
    }

    #[test]
    fn other_cuts_are_kept() {
        let script = "partition s1,s2 | s3,s4,s5\ncut s4 -> s5\n";
        let (acts, plan) = plan(script, &[&[1, 2, 3], &[4, 5]]);
        assert_eq!(acts, ["heal s1,s2 <-> s3", "cut s1,s2,s3 <-> s4,s5"]);
        let id = |number| ServerId::new(number).expect("a server");
        assert_eq!(plan.keeps, [(id(4), id(5))]);
    }

    #[test]
    fn the_acts_make_what_the_plan_says() {
        let script = "partition s1,s2 | s3,s4,s5\ncut s4 -> s5\n";
        let (acts, _) = plan(script, &[&[1, 3], &[2], &[4, 5]]);
        let mut session = Session::open(script).expect("a script");
        session.finish();
        for act in &acts {
            session.exec(act).expect("it is possible");
        }
        let links = super::super::links::models(session.world());
        let state = |a, b| {
            let of = |link: &&LinkModel| (link.a.number(), link.b.number()) == (a, b);
            links.iter().find(of).expect("a link").state
        };
        assert_eq!(state(1, 3), LinkState::Up);
        assert_eq!(state(4, 5), LinkState::CutForward);
        for (a, b) in [(1, 2), (1, 4), (1, 5), (2, 3), (2, 4), (2, 5), (3, 4), (3, 5)] {
            assert_eq!(state(a, b), LinkState::Cut, "S{a} to S{b}");
        }
    }

    #[test]
    fn a_partition_that_there_is_changes_nothing() {
        let (acts, _) = plan("partition s1,s2 | s3,s4,s5\n", &[&[1, 2], &[3, 4, 5]]);
        assert!(acts.is_empty(), "{acts:?}");
    }

    #[test]
    fn a_line_keeps_every_cut() {
        let mut session = Session::open("partition s1 | s2,s3,s4,s5\n").expect("a script");
        session.finish();
        let links = super::super::links::models(session.world());
        let plan = line_plan(&links, set(&[1, 2, 3]), set(&[4, 5]));
        let acts: Vec<String> = plan.acts.iter().map(act_line).collect();
        assert_eq!(acts, ["cut s1,s2,s3 <-> s4,s5"]);
        assert_eq!(plan.keeps.len(), 2);
        assert!(plan.heals.is_empty());
    }
}

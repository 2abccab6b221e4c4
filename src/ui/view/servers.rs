//! The servers: what the stage, the names of their buttons and the table show.

use crate::raft::{Index, Role, ServerId, ServerSet, Term};
use crate::sim::{Server, World};
use crate::ui::text;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerCondition {
    Running,
    Paused,
    Crashed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership {
    Voter,
    /// It receives entries and has no vote.
    Learner,
    /// It is in no configuration: it was removed, or not added yet.
    Outside,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerModel {
    pub id: ServerId,
    pub condition: ServerCondition,
    /// If it crashed, the role that it will restart with.
    pub role: Role,
    pub term: Term,
    /// The candidate that it voted for in this term.
    pub vote: Option<ServerId>,
    /// The leader that it knows of.
    pub leader: Option<ServerId>,
    /// The voters of its configuration.
    pub voters: ServerSet,
    /// By the leader's configuration, or by its own if there is no leader.
    pub membership: Membership,
    /// The servers that granted it their votes.
    pub granted: ServerSet,
    /// The servers that denied it their votes.
    pub rejected: ServerSet,
    pub last_index: Index,
    pub commit: Index,
    pub applied: Index,
    /// The last index that its snapshot replaces.
    pub snapshot: Index,
    /// Every link to another server is cut in both directions.
    pub isolated: bool,
}

impl ServerModel {
    /// The role, or `crashed` or `paused`.
    pub fn state(&self) -> &'static str {
        match self.condition {
            ServerCondition::Running => self.role.name(),
            ServerCondition::Paused => "paused",
            ServerCondition::Crashed => "crashed",
        }
    }

    pub fn campaigns(&self) -> bool {
        matches!(self.role, Role::Candidate | Role::PreCandidate)
    }

    /// Whether it runs and leads.
    pub fn leads(&self) -> bool {
        self.condition == ServerCondition::Running && self.role == Role::Leader
    }

    /// The name of its button: `S1, leader, term 2`, then whatever else the stage shows of it.
    pub fn button_name(&self) -> String {
        let mut name = format!("{}, {}, term {}", text::server(self.id), self.state(), self.term);
        if self.condition == ServerCondition::Crashed {
            return name;
        }
        if self.campaigns() {
            name.push_str(&format!(", {}", votes(self.granted.len(), self.voters.len())));
        }
        match self.leader {
            Some(leader) if leader != self.id => {
                name.push_str(&format!(", follows {}", text::server(leader)));
            }
            _ => {}
        }
        if self.isolated {
            name.push_str(", isolated");
        }
        if self.membership == Membership::Outside {
            name.push_str(", outside the cluster");
        }
        name
    }
}

fn votes(granted: usize, voters: usize) -> String {
    let needed = voters / 2 + 1;
    match granted {
        _ if granted >= needed => format!("{granted} votes: a majority of {voters}"),
        1 => format!("1 vote, needs {needed}"),
        _ => format!("{granted} votes, needs {needed}"),
    }
}

pub(super) fn models(world: &World) -> Vec<ServerModel> {
    world.server_ids().iter().map(|id| server(world, world.server(id))).collect()
}

fn server(world: &World, server: &Server) -> ServerModel {
    let node = server.node();
    let condition = match (server.is_alive(), server.is_paused()) {
        (false, _) => ServerCondition::Crashed,
        (true, true) => ServerCondition::Paused,
        (true, false) => ServerCondition::Running,
    };
    ServerModel {
        id: node.id(),
        condition,
        role: node.role(),
        term: node.current_term(),
        vote: node.voted_for(),
        leader: node.leader().filter(|_| condition != ServerCondition::Crashed),
        voters: node.configuration().voters,
        membership: membership(world, server),
        granted: node.granted(),
        rejected: node.denied(),
        last_index: node.log().last_index(),
        commit: node.commit_index(),
        applied: node.last_applied(),
        snapshot: node.log().snapshot_index(),
        isolated: is_isolated(world, node.id()),
    }
}

fn membership(world: &World, server: &Server) -> Membership {
    let known = world.leader().map_or(server, |leader| world.server(leader));
    let configuration = known.node().configuration();
    if configuration.electorate().contains(server.id()) {
        Membership::Voter
    } else if configuration.learners.contains(server.id()) {
        Membership::Learner
    } else {
        Membership::Outside
    }
}

fn is_isolated(world: &World, id: ServerId) -> bool {
    let mut others = world.server_ids();
    others.remove(id);
    let cut = |other: ServerId| {
        !world.link_up(id.into(), other.into()) && !world.link_up(other.into(), id.into())
    };
    !others.is_empty() && others.iter().all(cut)
}

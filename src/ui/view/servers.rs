//! Each server in a few values: what its drawing, its button's name and its row say.

use crate::raft::{Index, Role, ServerId, ServerSet, Term};
use crate::sim::{Server, World};

/// Whether a server runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// It runs.
    Running,
    /// It is frozen.
    Paused,
    /// It is down.
    Crashed,
}

/// A server's place in the cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It votes.
    Voter,
    /// It gets entries and has no vote.
    Learner,
    /// It is in no configuration: it has left, or is yet to join.
    Outside,
}

/// A server, as the page draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerModel {
    /// Which one.
    pub id: ServerId,
    /// Whether it runs.
    pub condition: Condition,
    /// Its role; of a crashed one, the role it will start with.
    pub role: Role,
    /// Its current term.
    pub term: Term,
    /// Whom it voted for in that term.
    pub vote: Option<ServerId>,
    /// Whom it follows.
    pub leader: Option<ServerId>,
    /// Who votes, by its configuration.
    pub voters: ServerSet,
    /// Its place in the cluster, by the leader's configuration; by its own where nobody leads.
    pub place: Place,
    /// Who has voted for it.
    pub granted: ServerSet,
    /// Who has refused it.
    pub rejected: ServerSet,
    /// The index of its last entry.
    pub last_index: Index,
    /// Its commit index.
    pub commit: Index,
    /// The last index that its state machine has applied.
    pub applied: Index,
    /// The last index that its snapshot stands for.
    pub snapshot: Index,
    /// Whether every link to another server is cut, both ways.
    pub isolated: bool,
}

impl ServerModel {
    /// `leader`, or `crashed` or `paused` in its place.
    pub fn state(&self) -> &'static str {
        match self.condition {
            Condition::Running => self.role.name(),
            Condition::Paused => "paused",
            Condition::Crashed => "crashed",
        }
    }

    /// Whether it campaigns.
    pub fn campaigns(&self) -> bool {
        matches!(self.role, Role::Candidate | Role::PreCandidate)
    }

    /// Whether it runs and leads.
    pub fn leads(&self) -> bool {
        self.condition == Condition::Running && self.role == Role::Leader
    }

    /// The name of its button: `S1, leader, term 2`, and what else its drawing shows.
    pub fn button_name(&self) -> String {
        let mut name = format!("{}, {}, term {}", label(self.id), self.state(), self.term);
        if self.condition == Condition::Crashed {
            return name;
        }
        if self.campaigns() {
            name.push_str(&format!(", {}", votes(self.granted.len(), self.voters.len())));
        }
        match self.leader {
            Some(leader) if leader != self.id => {
                name.push_str(&format!(", follows {}", label(leader)));
            }
            _ => {}
        }
        if self.isolated {
            name.push_str(", isolated");
        }
        if self.place == Place::Outside {
            name.push_str(", outside the cluster");
        }
        name
    }
}

/// `S1`, as the page writes a server.
pub fn label(server: ServerId) -> String {
    format!("S{}", server.number())
}

fn votes(granted: usize, voters: usize) -> String {
    let needed = voters / 2 + 1;
    match granted {
        _ if granted >= needed => format!("{granted} votes: a majority of {voters}"),
        1 => format!("1 vote, needs {needed}"),
        _ => format!("{granted} votes, needs {needed}"),
    }
}

pub(super) fn take(world: &World) -> Vec<ServerModel> {
    world.server_ids().iter().map(|id| server(world, world.server(id))).collect()
}

fn server(world: &World, server: &Server) -> ServerModel {
    let node = server.node();
    let condition = match (server.is_alive(), server.is_paused()) {
        (false, _) => Condition::Crashed,
        (true, true) => Condition::Paused,
        (true, false) => Condition::Running,
    };
    ServerModel {
        id: node.id(),
        condition,
        role: node.role(),
        term: node.current_term(),
        vote: node.voted_for(),
        leader: node.leader().filter(|_| condition != Condition::Crashed),
        voters: node.configuration().voters,
        place: place(world, server),
        granted: node.granted(),
        rejected: node.rejected(),
        last_index: node.log().last_index(),
        commit: node.commit_index(),
        applied: node.last_applied(),
        snapshot: node.log().snapshot_index(),
        isolated: is_isolated(world, node.id()),
    }
}

fn place(world: &World, server: &Server) -> Place {
    let known = world.leader().map_or(server, |leader| world.server(leader));
    let configuration = known.node().configuration();
    if configuration.electorate().contains(server.id()) {
        Place::Voter
    } else if configuration.learners.contains(server.id()) {
        Place::Learner
    } else {
        Place::Outside
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

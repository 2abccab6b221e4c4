//! The servers: what the stage, the names of their buttons and the table show.

use crate::raft::{ElectionWhy, Index, Kind, Role, ServerId, ServerSet, Term, Timer, Why};
use crate::sim::{Event, EventKind, Journal, Micros, Server, Span, World};
use crate::ui::text;

/// The speed of a true clock, in thousandths.
const TRUE_CLOCK: u32 = 1000;

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
    /// It receives the log, and gets a vote once it has caught up.
    CatchingUp,
    /// It is in no configuration: it was removed, or not added yet.
    Outside,
}

impl Membership {
    /// Whether it is no member of the cluster.
    pub fn is_outside(self) -> bool {
        matches!(self, Membership::CatchingUp | Membership::Outside)
    }
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
    /// The servers that granted it their votes. A new leader keeps them for a moment.
    pub granted: ServerSet,
    /// The servers that denied it their votes.
    pub rejected: ServerSet,
    /// Until when the ballots of a new leader stay, in simulated time.
    pub ballots_until_us: Option<Micros>,
    /// It leads, but another leader has a higher term.
    pub outdated: bool,
    /// The speed of its clock in thousandths, if the clock is skewed.
    pub clock_milli: Option<u32>,
    /// How long its writes take, if its disk is not like the others.
    pub disk: Option<Span>,
    pub last_index: Index,
    pub commit: Index,
    pub applied: Index,
    /// The last index that its snapshot replaces.
    pub snapshot: Index,
    /// Every link to another server is cut in both directions.
    pub isolated: bool,
    /// It leads, and waits an election timeout for the target of a transfer or for a new server.
    pub waits: bool,
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

    /// Whether its ballots are shown: while it campaigns, and for a moment after it was elected.
    pub fn shows_ballots(&self) -> bool {
        let counts = self.campaigns() || self.ballots_until_us.is_some();
        counts && self.condition != ServerCondition::Crashed && self.voters.len() > 1
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
        if self.outdated {
            name.push_str(", outdated");
        }
        if self.isolated {
            name.push_str(", isolated");
        }
        if self.membership.is_outside() {
            name.push_str(", outside the cluster");
        }
        if self.membership == Membership::CatchingUp {
            name.push_str(", catching up");
        }
        if let Some(milli) = self.clock_milli {
            name.push_str(&format!(", {}", text::clock_spoken(milli)));
        }
        if let Some(own) = self.disk {
            name.push_str(&format!(", {}", text::disk_spoken(own)));
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

/// `linger_us`: how long the ballots of a new leader stay, in simulated time.
pub(super) fn models(world: &World, journal: &Journal, linger_us: Micros) -> Vec<ServerModel> {
    let newest_term = world.leader().map(|id| world.server(id).node().current_term());
    let since_us = world.now_us().saturating_sub(linger_us);
    let model = |id: ServerId| {
        let mut model = server(world, world.server(id));
        model.outdated = model.leads() && newest_term.is_some_and(|term| term > model.term);
        if model.leads()
            && let Some(ballots) = winning_ballots(journal, id, model.term, since_us)
        {
            model.granted = ballots.granted;
            model.rejected = ballots.rejected;
            model.ballots_until_us = Some(ballots.counted_us + linger_us);
        }
        model
    };
    world.server_ids().iter().map(model).collect()
}

/// The ballots with which a leader won.
struct WinningBallots {
    granted: ServerSet,
    rejected: ServerSet,
    /// When the last one was counted.
    counted_us: Micros,
}

/// The ballots of a leader that was elected after `since_us`, from the votes that reached it.
fn winning_ballots(
    journal: &Journal,
    leader: ServerId,
    term: Term,
    since_us: Micros,
) -> Option<WinningBallots> {
    let mut recent = journal.events().rev().take_while(|event| event.time_us > since_us);
    let elected = recent.find(|event| elects(event, leader, term))?;
    let mut ballots = WinningBallots {
        granted: ServerSet::only(leader),
        rejected: ServerSet::EMPTY,
        counted_us: elected.time_us,
    };
    for event in journal.events().rev().skip_while(|event| event.id > elected.id) {
        match &event.kind {
            EventKind::Delivered(note)
                if note.kind == Kind::Vote && note.to == leader.into() && note.term == term =>
            {
                let Some(voter) = note.from.server() else { continue };
                match note.verdict {
                    Some(true) => ballots.granted.insert(voter),
                    _ => ballots.rejected.insert(voter),
                }
            }
            EventKind::TimerFired(..) if begins_campaign(event, leader, term) => break,
            _ => {}
        }
    }
    Some(ballots)
}

fn elects(event: &Event, leader: ServerId, elected_term: Term) -> bool {
    decides(event, leader, |why| match *why {
        ElectionWhy::Elected { term, .. } => term == elected_term,
        _ => false,
    })
}

fn begins_campaign(event: &Event, candidate: ServerId, campaign_term: Term) -> bool {
    decides(event, candidate, |why| match *why {
        ElectionWhy::Campaigned { term, .. } => term == campaign_term,
        _ => false,
    })
}

fn decides(event: &Event, server: ServerId, is_it: impl Fn(&ElectionWhy) -> bool) -> bool {
    event.whys.iter().any(|(decider, why)| match why {
        Why::Election(why) => *decider == server && is_it(why),
        _ => false,
    })
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
        ballots_until_us: None,
        outdated: false,
        clock_milli: Some(server.skew_milli()).filter(|milli| *milli != TRUE_CLOCK),
        disk: world.settings().own_disks[node.id().slot()],
        last_index: node.log().last_index(),
        commit: node.commit_index(),
        applied: node.last_applied(),
        snapshot: node.log().snapshot_index(),
        isolated: is_isolated(world, node.id()),
        waits: node.needs_timer(Timer::Transfer) || node.needs_timer(Timer::CatchUp),
    }
}

fn membership(world: &World, server: &Server) -> Membership {
    let known = world.leader().map_or(server, |leader| world.server(leader));
    let configuration = known.node().configuration();
    if configuration.electorate().contains(server.id()) {
        Membership::Voter
    } else if configuration.learners.contains(server.id()) {
        Membership::Learner
    } else if known.node().catching_up().contains(server.id()) {
        Membership::CatchingUp
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

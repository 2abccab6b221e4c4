//! Texts of the timeline's diagram.

use crate::check::Property;
use crate::diagram::{DiagramMessage, Ending, MarkKind, RoleSpan};
use crate::raft::{Index, Role, ServerId, Term};
use crate::sim::{Activity, Loss, Micros};

use super::{moment, server, servers};
use crate::ui::view::BranchNode;

pub const DIAGRAM: &str = "Space-time diagram";
pub const DIAGRAM_KEYS: &str = "Left and right arrows go from event to event, up and down arrows \
    choose a lane, Enter selects. Plus and minus zoom, Page Up and Page Down move, Home and End \
    go to the start and to the present.";
pub const OVERVIEW: &str = "The whole run";
pub const HEARTBEATS: &str = "heartbeats";
pub const HEARTBEATS_MEAN: &str = "Show plain heartbeats and their answers in the diagram";
pub const ZOOM_IN: &str = "Zoom in";
pub const ZOOM_OUT: &str = "Zoom out";
pub const WHOLE_RUN: &str = "Whole run";
pub const NOW: &str = "Now";
pub const COMPARE_IN_DIAGRAM: &str = "Second branch in the diagram";
pub const ONE_BRANCH: &str = "this branch only";
pub const NO_DIAGRAM_OF_BRANCH: &str =
    "The diagram of that branch is not kept any more. Return to the branch to draw it again.";
pub const SHOW_ALL: &str = "Show the whole run";
pub const TO_PRESENT: &str = "Back to the present";
pub const HIDE_DIAGRAM: &str = "Hide the diagram";
pub const SHOW_DIAGRAM: &str = "Show the diagram";
pub const DIAGRAM_SHEET: &str = "Diagram as a sheet";
pub const FIRST_DIFFERENCE: &str = "first difference";
pub const CRASHED: &str = "crashed";
pub const PAUSED: &str = "paused";
pub const NO_MESSAGES_BEFORE: &str = "older messages are not kept";
pub const NO_HEARTBEATS_BEFORE: &str = "older heartbeats are not kept";
pub const NO_EARLIER_STOP: &str = "There is no earlier event in the diagram.";
pub const NO_LATER_STOP: &str = "There is no later event in the diagram.";
pub const ALL_LANES: &str = "All lanes";

pub fn leads_term(term: Term) -> String {
    format!("leads term {term}")
}

pub fn in_term(term: Term) -> String {
    format!("term {term}")
}

pub fn commits(index: Index) -> String {
    format!("commit {index}")
}

/// Not every message is drawn.
pub fn one_of_messages(each: usize) -> String {
    format!("1 of {each} messages is drawn: zoom in to see all")
}

pub fn property_broken(property: Property) -> String {
    format!("{} is broken", property.name())
}

/// The name of a branch at the end of its line.
pub fn branch_in_tree(name: &str, is_this: bool) -> String {
    if is_this { format!("{name} (current)") } else { name.to_owned() }
}

/// The tree of branches in words.
pub fn branch_tree(nodes: &[BranchNode]) -> String {
    let sentences = nodes.iter().map(|node| {
        let this = if node.is_this { ", the current branch," } else { "" };
        let end = moment(node.end_us);
        match node.parent.and_then(|(of, parted_us)| Some((nodes.get(of)?, parted_us))) {
            Some((parent, parted_us)) => format!(
                "{}{this} parts from {} at {} and ends at {end}.",
                node.name,
                parent.name,
                moment(parted_us)
            ),
            None => format!("{}{this} ends at {end}.", node.name),
        }
    });
    sentences.collect::<Vec<_>>().join(" ")
}

/// A choice of the second branch.
pub fn below(name: &str) -> String {
    format!("and {name} below")
}

/// What a mark stands for, as a sentence.
pub fn mark(kind: &MarkKind) -> String {
    match kind {
        MarkKind::Leader(leader, term) => {
            format!("{} becomes leader of term {term}", server(*leader))
        }
        MarkKind::Act(title) => title.to_string(),
        MarkKind::Violation(property) => property_broken(*property),
        MarkKind::Snapshot(of, index) => format!("{}'s snapshot covers index {index}", server(*of)),
        MarkKind::Membership(of, voters) => {
            format!("{} uses the voters {}", server(*of), servers(*voters))
        }
    }
}

/// A stretch of a lane.
pub fn span(id: ServerId, span: &RoleSpan) -> String {
    let state = match span.activity {
        Activity::Crashed => return format!("{}: crashed", server(id)),
        Activity::Paused => ", paused",
        Activity::Running => "",
    };
    let role = match span.role {
        Role::Leader => "leader",
        Role::Candidate => "candidate",
        Role::PreCandidate => "pre-candidate",
        Role::Follower => "follower",
        Role::Learner => "learner",
    };
    format!("{}: {role}, term {}{state}", server(id), span.term)
}

/// A message with its times.
pub fn diagram_message(message: &DiagramMessage) -> String {
    let name = match (message.heartbeat, message.verdict) {
        (true, None) => "heartbeat",
        (true, _) => "heartbeat reply",
        _ => message.kind.paper_name(),
    };
    let verdict = match message.verdict {
        Some(true) if message.kind.name().contains("vote") => ", granted",
        Some(false) if message.kind.name().contains("vote") => ", denied",
        Some(true) => ", accepted",
        Some(false) => ", rejected",
        None => "",
    };
    let term = if message.term > 0 { format!(", term {}", message.term) } else { String::new() };
    let ends = ending(message.ending, message.ended_us);
    format!(
        "{name} {:#} to {:#}{verdict}{term}: sent {}, {ends}",
        message.from,
        message.to,
        moment(message.sent_us)
    )
}

fn ending(ending: Ending, ended_us: Micros) -> String {
    let at = moment(ended_us);
    match ending {
        Ending::Delivered => format!("arrived {at}"),
        Ending::Stalled => format!("waits since {at}: the receiver is paused"),
        Ending::DeliveredLate => format!("delivered {at}, after the pause"),
        Ending::InFlight => format!("arrives {at}"),
        Ending::Held => "held".to_owned(),
        Ending::Lost(loss) => {
            let why = match loss {
                Loss::Chance => "by chance",
                Loss::Cut => "the link was cut",
                Loss::Dropped => "it was dropped",
                Loss::Crashed => "the receiver had crashed",
                Loss::Discarded => "it was discarded",
            };
            format!("lost {at}: {why}")
        }
    }
}

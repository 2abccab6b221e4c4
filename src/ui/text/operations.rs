//! The journey of a client's operation.

use crate::raft::{Address, Answer, ClientId, Index, ServerId};

use super::server;

pub fn invoked(client: ClientId, command: &str) -> String {
    format!("{client:#} sends {command}")
}

pub fn entry_committed(leader: ServerId, index: Index) -> String {
    format!("{} commits entry {index}", server(leader))
}

pub fn answered(client: ClientId, answer: &Answer) -> String {
    match answer {
        Answer::Timeout => format!("{client:#} gives up waiting"),
        Answer::NotLeader => format!("{client:#} gives up: it was not the leader"),
        answer => format!("{client:#} gets its answer: {answer}"),
    }
}

pub fn request_held(from: Address, to: Address) -> String {
    format!("its request from {from:#} to {to:#} is held")
}

pub fn request_on_its_way(from: Address, to: Address) -> String {
    format!("its request is on its way from {from:#} to {to:#}")
}

pub const JOURNEY_CUT: &str = "Its beginning is no longer recorded.";

pub fn believes(client: ClientId, leader: Option<ServerId>) -> String {
    match leader {
        Some(leader) => format!("{client:#} believes that {} leads.", server(leader)),
        None => format!("{client:#} knows no leader."),
    }
}

pub fn no_command(client: ClientId) -> String {
    format!("{client:#} has sent no command yet.")
}

/// The heading of an operation's journey.
pub fn operation_title(client: ClientId, serial: u64, command: &str) -> String {
    format!("{client:#}'s command {serial}: {command}")
}

/// What a screen reader calls the steps of an operation.
pub const JOURNEY: &str = "The journey of the command, from the first step on";
pub const OTHER_COMMANDS: &str = "Other commands";

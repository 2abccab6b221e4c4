//! The truth of reasons about clients' requests.

use super::step::JudgedStep;
use super::{Truth, all};
use crate::raft::entry::Command;
use crate::raft::message::{Body, Redirect};
use crate::raft::reason::requests::RequestWhy;
use crate::raft::types::{ClientId, Index};

impl RequestWhy {
    pub(super) fn truth(&self, step: &JudgedStep) -> Truth {
        match *self {
            RequestWhy::Proposed { client, serial, index } => all([
                ("the leader receives it", step.led() && is_from(step, client, serial)),
                ("it is appended there", is_command_at(step, index, client, serial)),
                ("it is the next entry", index == step.before.log.last_index() + 1),
            ]),
            RequestWhy::Redirected { client, leader } => all([
                ("that client asks", asks(step, client)),
                ("it does not lead", !step.before.is_leader()),
                ("it knows that leader", step.before.leader() == leader),
                ("it redirects the client", {
                    let redirect = Err(Redirect { leader });
                    step.sends(
                        client,
                        |body| matches!(body, Body::Reply { result, .. } if *result == redirect),
                    )
                }),
                ("it changes nothing", step.keeps_state()),
            ]),
            RequestWhy::Forwarded { client, leader } => all([
                ("that client asks", asks(step, client)),
                ("it is asked to", step.request().is_some_and(|request| request.forward)),
                ("it does not lead", !step.before.is_leader()),
                ("it knows that leader", step.before.leader() == Some(leader)),
                ("it forwards the request", {
                    let asked = step.request();
                    step.sends(
                        leader,
                        |body| matches!(body, Body::Request(sent) if asked == Some(sent)),
                    )
                }),
                ("it changes nothing", step.keeps_state()),
            ]),
        }
    }
}

fn asks(step: &JudgedStep, client: ClientId) -> bool {
    step.request().is_some_and(|request| request.client() == client)
}

/// Whether the request is this command.
pub(super) fn is_from(step: &JudgedStep, client: ClientId, serial: u64) -> bool {
    step.command().is_some_and(|command| (command.client, command.serial) == (client, serial))
}

/// Whether the leader has appended this command in this step.
pub(super) fn is_command_at(
    step: &JudgedStep,
    index: Index,
    client: ClientId,
    serial: u64,
) -> bool {
    step.is_appended(index, |command| is_command(command, client, serial))
}

pub(super) fn is_command(command: &Command, client: ClientId, serial: u64) -> bool {
    matches!(command, Command::Client(command)
        if (command.client, command.serial) == (client, serial))
}

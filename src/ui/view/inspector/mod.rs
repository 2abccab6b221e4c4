//! The details of the selection: what it is, what this step changed, and why.

mod causes;
mod event;
mod link;
mod server;
mod values;

use crate::script::Session;
use crate::sim::{Journal, Micros};
use crate::ui::state::{ModelScope, Selection};

use super::entry::{EntryModel, entry};
use super::latest::{LOOK_BACK, matters};
use super::message::{MessageModel, message};
use super::operation::{ClientDetails, OperationDetails, client, operation};
use super::violations::ViolationModel;

pub use causes::{CauseModel, ChainModel};
pub use event::{ConsequenceModel, EventFacts, ServerChangeModel};
pub use link::{DirectionModel, LinkFacts};
pub use server::{DecisionModel, ExplainedModel, ServerFacts};
pub use values::{ValueModel, ValueSource};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inspector {
    Nothing,
    /// Nothing is selected: the newest event that matters.
    Latest(Box<EventFacts>),
    Server(Box<ServerFacts>),
    Event(Box<EventFacts>),
    Link(Box<LinkFacts>),
    Message(MessageModel),
    Entry(EntryModel),
    Operation(Box<OperationDetails>),
    Client(Box<ClientDetails>),
    /// The inspector has no details of it.
    Unexplained(Selection),
    /// The journal does not reach back to this event.
    Forgotten(u64),
    /// A person went back in time to before this event.
    ToCome(u64),
}

/// The details of what is selected, if they are shown. `linger_us`: how long a change is
/// shown while time passes.
pub(super) fn shown(
    session: &Session,
    scope: &ModelScope,
    violations: &[ViolationModel],
    linger_us: Micros,
) -> Inspector {
    if !scope.options.inspector_open {
        return Inspector::Nothing;
    }
    match scope.selection {
        Some(selected) => model(session, selected, violations, linger_us),
        None => latest(session.journal(), violations),
    }
}

/// The newest event that matters, while nothing is selected.
fn latest(journal: &Journal, violations: &[ViolationModel]) -> Inspector {
    let newest = journal.events().rev().take(LOOK_BACK).find(|event| matters(event));
    let facts = newest.and_then(|event| event::facts(journal, event.id, violations));
    facts.map_or(Inspector::Nothing, |facts| Inspector::Latest(Box::new(facts)))
}

fn model(
    session: &Session,
    selected: Selection,
    violations: &[ViolationModel],
    linger_us: Micros,
) -> Inspector {
    let (world, journal) = (session.world(), session.journal());
    let has = |server| world.server_ids().contains(server);
    let known = match selected {
        Selection::Server(id) => has(id)
            .then(|| Inspector::Server(Box::new(server::facts(world, journal, id, linger_us)))),
        Selection::Link(a, b) => {
            (has(a) && has(b)).then(|| Inspector::Link(Box::new(link::facts(world, journal, a, b))))
        }
        Selection::Event(id) if id > world.event() => Some(Inspector::ToCome(id)),
        Selection::Event(id) => Some(match event::facts(journal, id, violations) {
            Some(facts) => Inspector::Event(Box::new(facts)),
            None => Inspector::Forgotten(id),
        }),
        Selection::Message(id) => Some(Inspector::Message(message(world, journal, id))),
        Selection::Entry { server, index } => {
            has(server).then(|| Inspector::Entry(entry(world, journal, server, index)))
        }
        Selection::Operation { client, serial } => operation(world, journal, client, serial)
            .map(|details| Inspector::Operation(Box::new(details))),
        Selection::Client(id) => {
            client(world, journal, id).map(|details| Inspector::Client(Box::new(details)))
        }
    };
    known.unwrap_or(Inspector::Unexplained(selected))
}

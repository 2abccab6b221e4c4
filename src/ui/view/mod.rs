//! What the page draws of a run, as plain values that are cheap to compare.
//!
//! [`ClusterModel::of`] is a pure function of the session and the [`Focus`]. A part that did not
//! change keeps its `Rc`, so that a component with that part among its properties does not render.

mod branches;
mod clients;
mod events;
mod inspector;
mod links;
mod logs;
mod reasons;
mod script;
mod servers;
mod stores;
mod violations;

use std::rc::Rc;

use crate::check::Verdict;
use crate::raft::ServerId;
use crate::script::Session;
use crate::sim::Settings;

use crate::ui::state::Focus;

pub use branches::{BranchModel, BranchesModel};
pub use clients::{ClientModel, OperationModel, OperationOutcome};
pub use events::{EventModel, EventsModel};
pub use inspector::{DecisionModel, Inspector, ServerFacts};
pub use links::{LinkModel, LinkState};
pub use logs::{LogCell, LogRow, LogsModel};
pub use reasons::ReasonModel;
pub use script::{ScriptModel, ScriptText};
pub use servers::{Membership, ServerCondition, ServerModel};
pub use stores::{StoreCell, StoreRow, StoresModel};
pub use violations::ViolationModel;

/// Everything that the page draws, except the animations.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterModel {
    /// The number of sessions that were opened before.
    pub generation: u64,
    pub playing: bool,
    /// Simulated time per real time.
    pub speed: f64,
    /// The running leader with the highest term.
    pub leader: Option<ServerId>,
    pub servers: Rc<Vec<ServerModel>>,
    /// Each pair of servers once.
    pub links: Rc<Vec<LinkModel>>,
    pub clients: Rc<Vec<ClientModel>>,
    pub logs: Rc<LogsModel>,
    /// The state machines.
    pub stores: Rc<StoresModel>,
    pub events: Rc<EventsModel>,
    /// Details of the selected server or event.
    pub inspector: Rc<Inspector>,
    pub violations: Rc<Vec<ViolationModel>>,
    /// Empty while the script is not shown.
    pub script: Rc<ScriptModel>,
    pub branches: Rc<BranchesModel>,
    /// Whether the clients' history is linearizable.
    pub verdict: Rc<Verdict>,
    pub settings: Rc<Settings>,
}

impl ClusterModel {
    /// The model of the session now. It shares with `before` every part that did not change.
    pub fn of(session: &Session, focus: &Focus, before: Option<&ClusterModel>) -> ClusterModel {
        let (cluster, world) = (session.cluster(), session.world());
        let generation = before.map_or(0, |old| old.generation);
        let script = || script::model(session, generation, before.map(|old| &*old.script));
        let script = if focus.script_open { script() } else { ScriptModel::default() };
        let events = events::model(world, session.journal(), focus.filter);
        let inspector = inspector::model(world, session.journal(), focus.selection);
        ClusterModel {
            generation,
            playing: before.is_some_and(|old| old.playing),
            speed: before.map_or(1.0, |old| old.speed),
            leader: world.leader(),
            servers: share(servers::models(world), before.map(|old| &old.servers)),
            links: share(links::models(world), before.map(|old| &old.links)),
            clients: share(clients::models(world), before.map(|old| &old.clients)),
            logs: share(logs::model(world, focus.logs), before.map(|old| &old.logs)),
            stores: share(stores::model(world), before.map(|old| &old.stores)),
            events: share(events, before.map(|old| &old.events)),
            inspector: share(inspector, before.map(|old| &old.inspector)),
            violations: share(violations::models(cluster), before.map(|old| &old.violations)),
            script: share(script, before.map(|old| &old.script)),
            branches: share(branches::model(session), before.map(|old| &old.branches)),
            verdict: share(cluster.verdict(), before.map(|old| &old.verdict)),
            settings: share(world.settings().clone(), before.map(|old| &old.settings)),
        }
    }

    pub fn server(&self, id: ServerId) -> Option<&ServerModel> {
        self.servers.iter().find(|server| server.id == id)
    }
}

/// The old value if nothing changed: properties are then equal at the cost of one pointer.
fn share<T: PartialEq>(new: T, old: Option<&Rc<T>>) -> Rc<T> {
    match old {
        Some(old) if **old == new => old.clone(),
        _ => Rc::new(new),
    }
}

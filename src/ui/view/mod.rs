//! The picture of a cluster: what the page draws, as plain values that are cheap to compare.
//!
//! [`Picture::take`] is a pure function of the run and of where the person looks. A part that is
//! as it was keeps its `Rc`, so that the component that draws it is not called.

mod branches;
mod chain;
mod clients;
mod events;
mod links;
mod logs;
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
pub use chain::{Inspector, Reason, ServerFacts};
pub use clients::{ClientModel, Fate, OperationModel};
pub use events::{EventModel, EventsModel, WhyModel};
pub use links::{LinkModel, LinkState};
pub use logs::{LogCell, LogRow, LogsModel};
pub use script::{ScriptModel, ScriptText};
pub use servers::{Condition, Place, ServerModel};
pub use stores::{StoreCell, StoreRow, StoresModel};
pub use violations::ViolationModel;

/// Everything that the page draws, but for what moves.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Which cluster it is of; counts up with every one that is opened.
    pub generation: u64,
    /// Whether time passes.
    pub playing: bool,
    /// Simulated time a unit of real time.
    pub speed: f64,
    /// The live leader of the highest term.
    pub leader: Option<ServerId>,
    /// The servers, in order.
    pub servers: Rc<Vec<ServerModel>>,
    /// The links between servers, each pair once.
    pub links: Rc<Vec<LinkModel>>,
    /// The clients with their operations.
    pub clients: Rc<Vec<ClientModel>>,
    /// The part of the logs that is in view.
    pub logs: Rc<LogsModel>,
    /// The state machines.
    pub stores: Rc<StoresModel>,
    /// The events that the filters let through.
    pub events: Rc<EventsModel>,
    /// What the inspector says of the selection.
    pub inspector: Rc<Inspector>,
    /// The safety properties that were violated.
    pub violations: Rc<Vec<ViolationModel>>,
    /// The session as a script; nothing while nobody looks.
    pub script: Rc<ScriptModel>,
    /// What else became of the run.
    pub branches: Rc<BranchesModel>,
    /// What the clients' history is.
    pub verdict: Rc<Verdict>,
    /// The settings in force.
    pub settings: Rc<Settings>,
}

impl Picture {
    /// The picture of that session, now, for that focus. What is as in `before` is shared with it.
    pub fn take(session: &Session, focus: &Focus, before: Option<&Picture>) -> Picture {
        let (cluster, world) = (session.cluster(), session.world());
        let generation = before.map_or(0, |picture| picture.generation);
        let script = || script::take(session, generation, before.map(|old| &*old.script));
        let script = if focus.script_open { script() } else { ScriptModel::default() };
        Picture {
            generation,
            playing: before.is_some_and(|picture| picture.playing),
            speed: before.map_or(1.0, |picture| picture.speed),
            leader: world.leader(),
            servers: keep(servers::take(world), before.map(|old| &old.servers)),
            links: keep(links::take(world), before.map(|old| &old.links)),
            clients: keep(clients::take(world), before.map(|old| &old.clients)),
            logs: keep(logs::take(world, focus.logs), before.map(|old| &old.logs)),
            stores: keep(stores::take(world), before.map(|old| &old.stores)),
            events: keep(
                events::take(world, session.journal(), focus.filter),
                before.map(|old| &old.events),
            ),
            inspector: keep(
                chain::take(world, session.journal(), focus.selection),
                before.map(|old| &old.inspector),
            ),
            violations: keep(violations::take(cluster), before.map(|old| &old.violations)),
            script: keep(script, before.map(|old| &old.script)),
            branches: keep(branches::take(session), before.map(|old| &old.branches)),
            verdict: keep(cluster.verdict(), before.map(|old| &old.verdict)),
            settings: keep(world.settings().clone(), before.map(|old| &old.settings)),
        }
    }

    /// The model of a server.
    pub fn server(&self, id: ServerId) -> Option<&ServerModel> {
        self.servers.iter().find(|server| server.id == id)
    }
}

/// The old one where nothing changed, so that comparing is comparing pointers.
fn keep<T: PartialEq>(new: T, old: Option<&Rc<T>>) -> Rc<T> {
    match old {
        Some(old) if **old == new => old.clone(),
        _ => Rc::new(new),
    }
}

/// How the page writes a moment: seconds with milliseconds.
pub fn moment(time_us: u64) -> String {
    format!("{}.{:03} s", time_us / 1_000_000, time_us / 1_000 % 1_000)
}

/// The newest so many of something are listed; the rest is counted.
pub(crate) const LISTED_MAX: usize = 120;

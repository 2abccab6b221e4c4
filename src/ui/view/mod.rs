//! What the page draws of a run, as plain values that are cheap to compare.
//!
//! A model is made of the session, the [`ModelScope`] and, for what stays a moment longer than it
//! is so, the model before. A part that did not change keeps its `Rc`, so that a component with
//! that part among its properties does not render.

mod branch_tree;
mod branches;
mod clients;
mod copies;
mod deviations;
mod entry;
mod events;
mod history;
mod inspector;
mod latest;
mod link_settings;
mod links;
mod logs;
mod message;
mod narration;
mod operation;
mod partition_plan;
mod partition_presets;
mod reasons;
mod rounds;
mod rules;
mod script;
mod servers;
mod settings;
mod sides;
mod stores;
mod summary;
mod violations;

use std::rc::Rc;

use crate::check::Verdict;
use crate::raft::ServerId;
use crate::script::{Permissions, Session};
use crate::sim::{Micros, Settings};

use crate::ui::state::ModelScope;

pub use branch_tree::BranchNode;
pub use branches::{BranchModel, BranchesModel};
pub use clients::{ClientModel, OperationModel, OperationOutcome};
pub use copies::{Copies, VoterGroup};
pub use deviations::{DeviationModel, Removal, deviations};
pub use entry::{
    Commitment, Deletion, EntryDetails, EntryModel, Lack, OpenReason, SnapshotDetails, entry,
};
pub use events::{EventModel, EventRowModel, EventsModel, RoundModel};
pub use history::{BarMark, ClientHistory, HistoryModel, OperationBar};
pub use inspector::{
    CauseModel, ChainModel, ConsequenceModel, DecisionModel, DirectionModel, EventFacts,
    ExplainedModel, Inspector, LinkFacts, ServerChangeModel, ServerFacts, ValueModel, ValueSource,
};
pub use latest::{LatestModel, matters};
pub use link_settings::link_rows;
pub use links::{LinkModel, LinkOwn, LinkState};
pub use logs::{CommitKnowledge, LogCell, LogRow, LogsModel, OpenEntry, TruncatedEntry};
pub use message::{IfArrived, MessageDetails, MessageModel, message};
pub use narration::{
    AnsweredModel, ChapterModel, GoalModel, NarrationModel, StepModel, StoryHead, StoryPhase,
};
pub use operation::{ClientDetails, JourneyStep, OperationDetails, client, operation};
pub use partition_plan::{PartitionPlan, draft_of, line_plan, partition_plan};
pub use partition_presets::{PartitionPreset, partition_presets};
pub use reasons::ReasonModel;
pub use rules::{LastDecision, RuleModel, RuleTally, RulesModel};
pub use script::{ScriptModel, ScriptText};
pub use servers::{Membership, ServerCondition, ServerModel};
pub use settings::{SettingChoice, SettingControl, SettingRow, setting_rows};
pub use sides::SideModel;
pub use stores::{StoreCell, StoreRow, StoresModel};
pub use summary::RunSummary;
pub use violations::{ConflictCell, ViolationModel};

/// Everything that the page draws, except the animations.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterModel {
    /// The number of sessions that were opened before.
    pub generation: u64,
    pub pace: PaceModel,
    /// The running leader with the highest term.
    pub leader: Option<ServerId>,
    pub servers: Rc<Vec<ServerModel>>,
    /// Each pair of servers once.
    pub links: Rc<Vec<LinkModel>>,
    /// The sides of a partition; empty without one.
    pub sides: Rc<Vec<SideModel>>,
    pub clients: Rc<Vec<ClientModel>>,
    pub latest: Rc<LatestModel>,
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
    /// Empty while it is not shown.
    pub history: Rc<HistoryModel>,
    /// Whether the clients' history is linearizable.
    pub verdict: Rc<Verdict>,
    pub settings: Rc<Settings>,
    /// What makes the run differ from plain Raft.
    pub deviations: Rc<Vec<DeviationModel>>,
    pub summary: RunSummary,
    pub rules: Rc<RulesModel>,
    /// What the reader of a narrated run sees; `None` if the run has no narration.
    pub narration: Rc<Option<NarrationModel>>,
    /// What the person may do.
    pub permissions: Rc<Permissions>,
}

/// How time passes on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PaceModel {
    pub playing: bool,
    /// The chosen speed: simulated time per real time.
    pub speed: f64,
    /// Whether the page is slower while votes and new entries fly, and faster otherwise.
    pub adaptive: bool,
    /// The speed at this moment.
    pub now: f64,
}

impl PaceModel {
    /// How long the inspector shows a change. While time stands still, it shows that
    /// of the newest event.
    fn changed_us(&self) -> Micros {
        if self.playing { self.span_us(CHANGED_MS) } else { 0 }
    }

    /// Simulated time that passes in that real time, in microseconds, at the speed of this moment.
    fn span_us(&self, real_ms: f64) -> Micros {
        (real_ms * 1000.0 * self.now) as Micros
    }
}

/// How long the ballots of a new leader stay, in real milliseconds.
const BALLOTS_MS: f64 = 700.0;
/// How long the inspector shows what a server's newest change was, in real milliseconds.
const CHANGED_MS: f64 = 1000.0;
/// How long truncated entries stay, struck through, in real milliseconds.
const TRUNCATED_MS: f64 = 1000.0;

impl ClusterModel {
    /// The model of the session now.
    pub fn of(session: &Session, scope: &ModelScope, pace: PaceModel) -> ClusterModel {
        let world = session.world();
        let script = match scope.options.script_open {
            true => script::model(session, 0, None),
            false => ScriptModel::default(),
        };
        let violations = violations::models(session);
        let inspector = inspector::shown(session, scope, &violations, pace.changed_us());
        ClusterModel {
            generation: 0,
            pace,
            leader: world.leader(),
            servers: Rc::new(servers::models(world, session.journal(), pace.span_us(BALLOTS_MS))),
            links: Rc::new(links::models(world)),
            sides: Rc::new(sides::models(world)),
            clients: Rc::new(clients::models(
                world,
                session.journal(),
                session.cluster().violations(),
            )),
            latest: Rc::new(latest::model(session.journal(), pace.playing, None)),
            logs: Rc::new(logs::model(world, scope.options.logs)),
            stores: Rc::new(stores::model(world)),
            events: Rc::new(events::model(world, session.journal(), scope)),
            inspector: Rc::new(inspector),
            violations: Rc::new(violations),
            script: Rc::new(script),
            branches: Rc::new(branches::model(session)),
            history: Rc::new(history_if_shown(session, scope)),
            verdict: Rc::new(session.cluster().verdict()),
            settings: Rc::new(world.settings().clone()),
            deviations: Rc::new(deviations(session)),
            summary: summary::summary(session),
            rules: Rc::default(),
            narration: Rc::new(narration::model(session)),
            permissions: Rc::new(session.run().permissions()),
        }
        .with_rules(session, &mut RuleTally::default())
    }

    /// The stage and the logs as they are now, and everything else as it was. `continues`: time
    /// passed since this model, rather than jumped.
    pub fn with_stage_of(
        &self,
        session: &Session,
        scope: &ModelScope,
        pace: PaceModel,
        continues: bool,
    ) -> ClusterModel {
        let (world, journal) = (session.world(), session.journal());
        let violations = session.cluster().violations();
        let servers = servers::models(world, journal, pace.span_us(BALLOTS_MS));
        let latest = latest::model(journal, pace.playing, continues.then_some(&self.latest));
        let mut logs = logs::model(world, scope.options.logs);
        if continues {
            let now_us = world.now_us();
            logs::note_truncated(&mut logs, &self.logs, now_us, pace.span_us(TRUNCATED_MS));
        }
        ClusterModel {
            pace,
            leader: world.leader(),
            servers: share(servers, &self.servers),
            links: share(links::models(world), &self.links),
            sides: share(sides::models(world), &self.sides),
            clients: share(clients::models(world, journal, violations), &self.clients),
            latest: share(latest, &self.latest),
            logs: share(logs, &self.logs),
            ..self.clone()
        }
    }

    /// The whole model now. It shares with this one every part that did not change.
    pub fn refreshed(
        &self,
        session: &Session,
        scope: &ModelScope,
        pace: PaceModel,
        continues: bool,
    ) -> ClusterModel {
        let (cluster, world, journal) = (session.cluster(), session.world(), session.journal());
        let script = match scope.options.script_open {
            true => script::model(session, self.generation, Some(&*self.script)),
            false => ScriptModel::default(),
        };
        let violations = violations::models(session);
        let inspector = inspector::shown(session, scope, &violations, pace.changed_us());
        ClusterModel {
            stores: share(stores::model(world), &self.stores),
            events: share(events::model(world, journal, scope), &self.events),
            inspector: share(inspector, &self.inspector),
            violations: share(violations, &self.violations),
            script: share(script, &self.script),
            branches: share(branches::model(session), &self.branches),
            history: share(history_if_shown(session, scope), &self.history),
            verdict: share(cluster.verdict(), &self.verdict),
            settings: share(world.settings().clone(), &self.settings),
            deviations: share(deviations(session), &self.deviations),
            summary: summary::summary(session),
            narration: share(narration::model(session), &self.narration),
            permissions: share(session.run().permissions(), &self.permissions),
            ..self.with_stage_of(session, scope, pace, continues)
        }
    }

    /// The same with the rules as they are now. `tally` goes with the session.
    pub fn with_rules(mut self, session: &Session, tally: &mut RuleTally) -> ClusterModel {
        tally.update(session);
        self.rules = share(tally.model(session, self.latest.event), &self.rules);
        self
    }

    /// The next moment at which something that lingers disappears, in simulated time.
    pub fn lingers_until_us(&self) -> Option<Micros> {
        let ballots = self.servers.iter().filter_map(|server| server.ballots_until_us);
        let truncated = self.logs.rows.iter().flat_map(|row| &row.truncated);
        ballots.chain(truncated.map(|entry| entry.until_us)).min()
    }

    pub fn server(&self, id: ServerId) -> Option<&ServerModel> {
        self.servers.iter().find(|server| server.id == id)
    }
}

fn history_if_shown(session: &Session, scope: &ModelScope) -> HistoryModel {
    match scope.options.history_open {
        true => history::model(session),
        false => HistoryModel::default(),
    }
}

/// The old value if nothing changed: properties are then equal at the cost of one pointer.
fn share<T: PartialEq>(new: T, old: &Rc<T>) -> Rc<T> {
    if **old == new { old.clone() } else { Rc::new(new) }
}

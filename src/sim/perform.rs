//! Acts, done. Everything is looked up before anything changes, so that an act that fails changes
//! nothing.

use crate::raft::{Change, Input, Role, ServerId, Timer};

use super::act::{Act, ActError, Servers};
use super::changes::Changes;
use super::event::{EventId, EventKind, Loss, MessageSummary};
use super::network::{Match, Order};
use super::new_server::options_of;
use super::settings::Setting;
use super::world::World;

impl World {
    /// Does an act now, and writes to `changes` what it did. `cause` is the event that triggered
    /// it; a person's act has none.
    ///
    /// # Errors
    /// Where the act names what is not there, or what this version does not have; nothing has
    /// changed then.
    pub fn act(
        &mut self,
        act: &Act,
        cause: Option<EventId>,
        changes: &mut Changes,
    ) -> Result<(), ActError> {
        self.begin_event(changes);
        self.work += 1;
        let done = self.perform(act, cause, changes);
        if done.is_err() {
            self.event -= 1;
        }
        self.drop_cancelled();
        done
    }

    /// Does an act within an event that has begun, and ends it.
    fn perform(
        &mut self,
        act: &Act,
        cause: Option<EventId>,
        changes: &mut Changes,
    ) -> Result<(), ActError> {
        let mut lost = Vec::new();
        match act {
            Act::Set(setting) => self.change(setting)?,
            Act::Crash(servers) => self.each(servers, changes, World::crash)?,
            Act::Restart(servers) => self.each(servers, changes, World::restart)?,
            Act::Pause(servers, for_us) => {
                self.each(servers, changes, |world, id, _| world.pause(id, *for_us))?
            }
            Act::Resume(servers) => self.each(servers, changes, World::resume)?,
            Act::Wipe(servers) => self.each(servers, changes, World::wipe)?,
            Act::Skew(servers, milli) => {
                self.each(servers, changes, |world, id, _| world.skew(id, *milli))?
            }
            Act::Timeout(servers) => {
                self.each(servers, changes, |world, id, changes| {
                    world.fire_now(id, Timer::Election, changes)
                })?;
            }
            Act::Beat(servers) => {
                self.each(servers, changes, |world, id, changes| {
                    world.fire_now(id, Timer::Heartbeat, changes)
                })?;
            }
            Act::Cut { from, to, both } => lost = self.cut_between(from, to, *both)?,
            Act::Partition(groups) => lost = self.partition(groups)?,
            Act::Isolate(servers) => lost = self.isolate(servers)?,
            Act::Heal(None) => self.network.heal_all(),
            Act::Heal(Some((from, to))) => self.heal_between(from, to)?,
            Act::Order(fate, left, filter) => {
                let order = Order { fate: *fate, left: *left, filter: self.look_up(filter)? };
                self.network.orders.push(order);
            }
            Act::Release(next, filter) => {
                let filter = self.look_up(filter)?;
                let released = self.network.take_held(&filter, *next);
                released.into_iter().for_each(|flight| self.arrive_now(flight));
                self.end_orders(*next, &filter);
            }
            Act::Discard(next, filter) => {
                let filter = self.look_up(filter)?;
                let discarded = self.network.take_held(&filter, *next);
                lost.extend(discarded.iter().map(|flight| {
                    (MessageSummary::of(flight.id, &flight.message), Loss::Discarded)
                }));
                self.end_orders(*next, &filter);
            }
            Act::Inject(inject) => self.inject_message(inject)?,
            Act::Request { op, via, by } => {
                let client = self.client_named(*by)?;
                let via = via.as_ref().map(|via| self.one(via)).transpose()?;
                self.begin_operation(client, op.clone(), via, changes);
            }
            Act::Load(load) => self.set_load(*load),
            Act::Transfer(to) => {
                let to = self.one(to)?;
                self.tell_leader(Input::Transfer(to), changes)?;
            }
            Act::Add { server, learner: true } => {
                self.change_member(server, Change::AddLearner, changes)?
            }
            Act::Add { server, learner: false } => {
                self.change_member(server, Change::Add, changes)?
            }
            Act::Remove(server) => self.change_member(server, Change::Remove, changes)?,
            Act::Promote(server) => self.change_member(server, Change::Promote, changes)?,
            Act::Members(servers) => {
                let servers = self.resolve(servers)?;
                self.tell_leader(Input::Change(Change::Members(servers)), changes)?;
            }
            Act::Snapshot(servers) => self.each(servers, changes, World::compact)?,
        }
        self.end_event(changes, cause, || EventKind::Acted(act.clone()));
        self.note_losses(lost, changes);
        Ok(())
    }

    /// Each message that the act lost is an event of its own, after it.
    fn note_losses(&mut self, lost: Vec<(MessageSummary, Loss)>, changes: &mut Changes) {
        let cause = self.event;
        for (note, loss) in lost {
            self.event += 1;
            self.end_event(changes, Some(cause), || EventKind::Lost(note, loss));
        }
    }

    fn each(
        &mut self,
        servers: &Servers,
        changes: &mut Changes,
        mut act: impl FnMut(&mut World, ServerId, &mut Changes),
    ) -> Result<(), ActError> {
        for id in self.resolve(servers)?.iter() {
            changes.touch(id);
            act(self, id, changes);
        }
        Ok(())
    }

    /// The leader is told; whether it does so is its own decision, with a reason.
    fn tell_leader(&mut self, input: Input, changes: &mut Changes) -> Result<(), ActError> {
        let leader = self.leader().ok_or(ActError::NoLeader)?;
        if self.servers[leader.slot()].is_running() {
            self.step_server(leader, input, changes);
        }
        Ok(())
    }

    fn change_member(
        &mut self,
        server: &Servers,
        change: fn(ServerId) -> Change,
        changes: &mut Changes,
    ) -> Result<(), ActError> {
        let server = self.one(server)?;
        self.tell_leader(Input::Change(change(server)), changes)
    }

    fn change(&mut self, setting: &Setting) -> Result<(), ActError> {
        if !setting.is_live() {
            return Err(ActError::NotLive);
        }
        if let Setting::Rule { server: Some(server), .. } = setting {
            self.resolve(&Servers::from(*server))?;
        }
        self.settings.apply(setting);
        for id in self.server_ids().iter() {
            let options = options_of(&self.settings, id);
            self.servers[id.slot()].node.set_options(options);
            self.refit_timers(id);
        }
        Ok(())
    }

    /// A timer that is `never` stops at once, and one that no longer is starts; one that runs goes
    /// on as it was set.
    fn refit_timers(&mut self, id: ServerId) {
        let server = &mut self.servers[id.slot()];
        if !server.is_alive() {
            return;
        }
        let leads = server.node.role() == Role::Leader;
        let elects = self.settings.election_timeout.is_some();
        let wanted = [
            (Timer::Election, !leads && elects),
            (Timer::Heartbeat, leads && self.settings.heartbeat_us.is_some()),
            (Timer::Quorum, leads && elects && self.settings.check_quorum),
        ];
        for (timer, wanted) in wanted {
            let runs = self.servers[id.slot()].timers[timer as usize].is_some();
            if wanted && !runs {
                self.set_timer(id, timer);
            } else if !wanted && runs {
                self.servers[id.slot()].timers[timer as usize] = None;
                self.update_first_timer(id);
            }
        }
    }

    fn end_orders(&mut self, next: Option<u32>, filter: &Match) {
        if next.is_none() {
            self.network.end_orders(filter);
        }
    }
}

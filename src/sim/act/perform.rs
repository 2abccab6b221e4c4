//! Performs acts. All names are resolved before anything changes, so an act that fails changes
//! nothing.

use crate::raft::{Change, ClientId, Ignored, Input, Op, ServerId, Timer};
use crate::sim::changes::Changes;
use crate::sim::event::{EventId, EventKind, Loss};
use crate::sim::host::TIMERS;
use crate::sim::network::{Flight, Interceptor};
use crate::sim::new_server::options_of;
use crate::sim::server::Status;
use crate::sim::settings::Setting;
use crate::sim::time::Span;
use crate::sim::world::World;

use super::{Act, ActError, Filter, Servers};

impl World {
    /// Performs an act now, and writes to `changes` what it did. `cause` is the event that
    /// triggered it; a person's act has none.
    ///
    /// # Errors
    /// If the act names a server or client that does not exist, or needs a leader and there is
    /// none. Nothing has changed then.
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

    /// Performs an act within the current event, and ends the event.
    fn perform(
        &mut self,
        act: &Act,
        cause: Option<EventId>,
        changes: &mut Changes,
    ) -> Result<(), ActError> {
        let mut lost: Vec<(Flight, Loss)> = Vec::new();
        match act {
            Act::Set(setting) => self.change(setting)?,
            Act::Crash(servers) => lost = self.crash_each(servers, changes, World::crash)?,
            Act::Restart(servers) => self.each(servers, changes, World::restart)?,
            Act::Pause(servers, for_us) => {
                self.each(servers, changes, |world, id, _| world.pause(id, *for_us))?
            }
            Act::Resume(servers) => self.each(servers, changes, World::resume)?,
            Act::Wipe(servers) => lost = self.crash_each(servers, changes, World::wipe)?,
            Act::Skew(servers, milli) => {
                self.each(servers, changes, |world, id, _| world.skew(id, *milli))?
            }
            Act::Timeout(servers) => self.fire_each(servers, Timer::Election, changes)?,
            Act::Beat(servers) => self.fire_each(servers, Timer::Heartbeat, changes)?,
            Act::Cut { from, to, both } => lost = self.cut_between(from, to, *both)?,
            Act::Partition(groups) => lost = self.partition(groups)?,
            Act::Isolate(servers) => lost = self.isolate(servers)?,
            Act::Heal(None) => self.network.heal_all(),
            Act::Heal(Some((from, to))) => self.heal_between(from, to)?,
            &Act::Intercept(interception, left, ref filter) => {
                let filter = self.resolve_filter(filter)?;
                self.network.interceptors.push(Interceptor { interception, left, filter });
            }
            Act::Release(next, filter) => {
                for flight in self.take_held(*next, filter)? {
                    self.arrive_now(flight);
                }
            }
            Act::Discard(next, filter) => {
                let discarded = self.take_held(*next, filter)?.into_iter();
                lost = discarded.map(|flight| (flight, Loss::Discarded)).collect();
            }
            Act::Message(act, name) => lost.extend(self.act_on_message(*act, name)?),
            Act::Link { from, to, both, quality } => {
                self.set_quality(from, to, *both, quality)?;
            }
            Act::Inject(inject) => self.inject_message(inject)?,
            Act::Request { op, via, by } => {
                self.request(op, via.as_ref(), *by, changes)?;
            }
            Act::Load(load) => self.set_load(*load),
            Act::Transfer(to) => {
                let to = self.resolve_one(to)?;
                self.ask_leader(Input::Transfer(to), Ignored::Transfer(to), changes)?;
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
                self.change_members(Change::Members(servers), changes)?;
            }
            Act::Snapshot(servers) => self.each(servers, changes, World::compact)?,
        }
        self.end_event(changes, cause, || EventKind::Acted(act.clone()));
        self.report_losses(lost, changes);
        Ok(())
    }

    /// Each message that the act lost is an event of its own, after it.
    fn report_losses(&mut self, lost: Vec<(Flight, Loss)>, changes: &mut Changes) {
        let cause = self.event;
        for (flight, loss) in lost {
            self.event += 1;
            changes.keep_message(&flight);
            let note = flight.summary();
            self.end_event(changes, Some(cause), || EventKind::Lost(note, loss));
            self.queue.remember(Flight { loss: Some(loss), ..flight });
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

    /// As `each`. Returns the messages that waited for these servers to resume: they are lost.
    fn crash_each(
        &mut self,
        servers: &Servers,
        changes: &mut Changes,
        crash: fn(&mut World, ServerId, &mut Changes),
    ) -> Result<Vec<(Flight, Loss)>, ActError> {
        let mut lost = Vec::new();
        self.each(servers, changes, |world, id, changes| {
            if let Status::Paused { stalled, .. } = &mut world.servers[id.slot()].status {
                lost.extend(stalled.drain(..).map(|flight| (flight, Loss::Crashed)));
            }
            crash(world, id, changes);
        })?;
        Ok(lost)
    }

    fn fire_each(
        &mut self,
        servers: &Servers,
        timer: Timer,
        changes: &mut Changes,
    ) -> Result<(), ActError> {
        self.each(servers, changes, |world, id, changes| world.fire_now(id, timer, changes))
    }

    /// Held messages that match. Without a number, matching messages are no longer intercepted.
    fn take_held(&mut self, next: Option<u32>, filter: &Filter) -> Result<Vec<Flight>, ActError> {
        let filter = self.resolve_filter(filter)?;
        if next.is_none() {
            self.network.stop_intercepting(&filter);
        }
        Ok(self.network.take_held(&filter, next))
    }

    fn request(
        &mut self,
        op: &Op,
        via: Option<&Servers>,
        by: Option<ClientId>,
        changes: &mut Changes,
    ) -> Result<(), ActError> {
        let client = self.resolve_client(by)?;
        let via = via.map(|via| self.resolve_one(via)).transpose()?;
        self.begin_operation(client, op.clone(), via, changes);
        Ok(())
    }

    /// The leader may refuse; its reasons say why.
    fn ask_leader(
        &mut self,
        input: Input,
        ignored: Ignored,
        changes: &mut Changes,
    ) -> Result<(), ActError> {
        let leader = self.leader().ok_or(ActError::NoLeader)?;
        self.ask_server(leader, input, ignored, changes);
        Ok(())
    }

    fn change_members(&mut self, change: Change, changes: &mut Changes) -> Result<(), ActError> {
        self.ask_leader(Input::Change(change), Ignored::Change(change), changes)
    }

    fn change_member(
        &mut self,
        server: &Servers,
        change: fn(ServerId) -> Change,
        changes: &mut Changes,
    ) -> Result<(), ActError> {
        let server = self.resolve_one(server)?;
        self.change_members(change(server), changes)
    }

    fn change(&mut self, setting: &Setting) -> Result<(), ActError> {
        if !setting.is_live() {
            return Err(ActError::NotLive);
        }
        if let Setting::Rule { server: Some(server), .. } | Setting::DiskOf { server, .. } = setting
        {
            self.resolve(&Servers::from(*server))?;
        }
        let clients_wait_for_ever = self.settings.client_timeout_us.is_none();
        let was_fifo = self.settings.fifo;
        let timeout_before = self.settings.election_timeout;
        self.settings.apply(setting);
        let shorter = is_shorter(self.settings.election_timeout, timeout_before);
        if self.settings.fifo && !was_fifo {
            self.network.start_fifo(self.queue.flights());
        }
        if clients_wait_for_ever {
            self.start_client_timeouts();
        }
        for id in self.server_ids().iter() {
            let options = options_of(&self.settings, id);
            let node = &mut self.servers[id.slot()].node;
            node.set_options(options);
            if shorter {
                node.void_leases();
            }
            self.refit_timers(id);
        }
        Ok(())
    }

    /// Stops a timer that is now `never`, and starts one that no longer is. A running timer keeps
    /// its time.
    fn refit_timers(&mut self, id: ServerId) {
        if !self.servers[id.slot()].is_alive() {
            return;
        }
        for timer in TIMERS {
            let server = &self.servers[id.slot()];
            let wanted = server.node.needs_timer(timer) && self.has_length(timer);
            let runs = server.timers[timer as usize].is_some();
            if wanted && !runs {
                self.set_timer(id, timer);
            } else if !wanted && runs {
                self.servers[id.slot()].timers[timer as usize] = None;
                self.update_first_timer(id);
            }
        }
    }
}

/// Whether the shortest election timeout has become shorter. `None`: timers never fire.
fn is_shorter(now: Option<Span>, before: Option<Span>) -> bool {
    match (now, before) {
        (Some(now), Some(before)) => now.from_us < before.from_us,
        (now, before) => now.is_some() && before.is_none(),
    }
}

//! Hosts the servers: feeds a node with inputs, and carries out its effects.

use crate::raft::{Effect, Input, Rule, ServerId, Term, Timer, Write};

use super::chance::{Purpose, Stream};
use super::changes::Changes;
use super::network::take_message;
use super::queue::{Due, NEVER};
use super::server::RunningTimer;
use super::time::Micros;
use super::world::World;

/// How much faster one clock may run than another without a lease being wrong.
const LEASE_DRIFT_PERCENT: Micros = 10;

pub(super) const TIMERS: [Timer; Timer::COUNT] =
    [Timer::Election, Timer::Heartbeat, Timer::Quorum, Timer::Transfer, Timer::CatchUp];

impl World {
    /// Feeds a server, and carries out its effects.
    pub(super) fn step_server(&mut self, id: ServerId, input: Input, changes: &mut Changes) {
        self.begin_step(id, changes);
        self.servers[id.slot()].node.step(input, &mut changes.effects);
        self.finish_step(id, changes);
    }

    pub(super) fn begin_step(&mut self, id: ServerId, changes: &mut Changes) {
        changes.effects.explain = changes.explain;
        changes.touch(id);
        self.work += 1;
    }

    /// Carries out a server's effects, and what follows from a write that takes no time. Most steps
    /// write nothing, delay nothing and give no reasons: each of these is tested before the work.
    pub(super) fn finish_step(&mut self, id: ServerId, changes: &mut Changes) {
        loop {
            if let Some(from) = changes.effects.log_changed_from.take() {
                changes.log_changed(id, from);
            }
            if changes.effects.compacted.is_some() {
                self.note_compaction(id, changes);
            }
            let mut stable = None;
            if let Some(write) = changes.effects.write.take() {
                stable = self.write(id, write);
            }
            for effect in &mut changes.effects.list {
                self.carry_out(id, effect);
            }
            changes.effects.list.clear();
            if !changes.effects.whys.is_empty() {
                changes.keep_reasons(id);
            }
            if !self.servers[id.slot()].outbox.is_empty() {
                self.release_outbox(id);
            }
            let Some(stable) = stable else { return };
            self.servers[id.slot()].node.step(stable, &mut changes.effects);
        }
    }

    #[cold]
    fn note_compaction(&mut self, id: ServerId, changes: &mut Changes) {
        if let Some((first, entries)) = changes.effects.compacted.take() {
            // The state machine was copied.
            let values = self.servers[id.slot()].node.store().values().len();
            self.work += (entries.len() + values) as u64;
            changes.log_compacted(id, first, entries);
        }
    }

    /// Begins a write. If it takes no time it is stable at once: returns the input that says so.
    #[inline(never)]
    fn write(&mut self, id: ServerId, write: Write) -> Option<Input> {
        self.work += write.tail.as_ref().map_or(0, |(_, entries)| entries.len() as u64);
        let takes_us = self.write_time(id);
        let server = &mut self.servers[id.slot()];
        let done_us = server.disk_busy_until_us.max(self.now_us.saturating_add(takes_us));
        let write_id = write.id;
        if done_us == self.now_us && server.disk.pending() == 0 {
            server.disk.make_stable(write);
            return Some(Input::Stable(write_id));
        }
        server.disk_busy_until_us = done_us;
        server.disk.begin(write);
        self.queue.push(done_us, self.event, Due::WriteStable(id, write_id));
        None
    }

    /// How long the next write of that server takes.
    fn write_time(&mut self, id: ServerId) -> Micros {
        let (settings, server) = (&self.settings, &mut self.servers[id.slot()]);
        let usual_us = server.disk_chance.within(settings.disk);
        let Some(own) = settings.own_disks[id.slot()] else { return usual_us };
        let new = || Stream::new(settings.seed, Purpose::OwnDiskWrite, id.slot());
        server.own_disk_chance.get_or_insert_with(new).within(own)
    }

    /// Carries out an effect, and leaves it without its message.
    fn carry_out(&mut self, id: ServerId, effect: &mut Effect) {
        let server = &mut self.servers[id.slot()];
        match effect {
            Effect::Send { message, after } if *after <= server.disk.stable() => {
                debug_assert!(server.is_running(), "a paused server sends nothing");
                self.send_on_link(message, self.event);
            }
            Effect::Send { message, after } => {
                server.outbox.push_back((*after, take_message(message)))
            }
            Effect::SetTimer(timer) => self.set_timer(id, *timer),
            Effect::StartLease { term, round } => self.start_lease(id, *term, *round),
            Effect::StopTimer(timer) => {
                server.timers[*timer as usize] = None;
                self.update_first_timer(id);
            }
        }
    }

    /// Sends what waited for the newest write. A paused server sends it when it resumes.
    #[inline(never)]
    fn release_outbox(&mut self, id: ServerId) {
        if !self.servers[id.slot()].is_running() {
            return;
        }
        let stable = self.servers[id.slot()].disk.stable();
        loop {
            let outbox = &mut self.servers[id.slot()].outbox;
            if outbox.front().is_none_or(|(after, _)| *after > stable) {
                return;
            }
            if let Some((_, mut message)) = outbox.pop_front() {
                self.send_on_link(&mut message, self.event);
            }
        }
    }

    /// A lease runs by the leader's own clock, and no longer than a follower's fastest timer would
    /// by the slowest clock that is allowed for. Without election timeouts it does not end.
    fn start_lease(&mut self, id: ServerId, term: Term, round: u64) {
        let Some(timeout) = self.settings.election_timeout else { return };
        let own_us = timeout.from_us / 100 * (100 - LEASE_DRIFT_PERCENT);
        let due_us = self.now_us.saturating_add(self.servers[id.slot()].true_us(own_us));
        self.queue.push(due_us, self.event, Due::LeaseOver(id, term, round));
    }

    /// Restarts a timer; a timer whose setting is `never` does not run.
    pub(super) fn set_timer(&mut self, id: ServerId, timer: Timer) {
        let server = &mut self.servers[id.slot()];
        let own_us = match timer {
            Timer::Heartbeat => self.settings.heartbeat_us,
            Timer::Election | Timer::Quorum | Timer::Transfer | Timer::CatchUp => {
                self.settings.election_timeout.map(|span| {
                    let random = server.node.options().rules.on(Rule::RandomTimeout);
                    if random { server.election_chance.within(span) } else { span.from_us }
                })
            }
        };
        let (now_us, cause, sequence) = (self.now_us, self.event, self.queue.next_sequence());
        let late_us = match *self.settings.timer_delay {
            Some(delay) => {
                let (seed, slot) = (self.settings.seed, id.slot());
                let new = || Stream::new(seed, Purpose::TimerDelay, slot);
                server.timer_chance.get_or_insert_with(new).within(delay)
            }
            None => 0,
        };
        server.timers[timer as usize] = own_us.map(|own_us| RunningTimer {
            set_us: now_us,
            due_us: now_us.saturating_add(server.true_us(own_us)).saturating_add(late_us),
            sequence,
            cause,
        });
        self.update_first_timer(id);
    }

    /// Whether the setting of this timer is not `never`.
    pub(super) fn has_length(&self, timer: Timer) -> bool {
        match timer {
            Timer::Heartbeat => self.settings.heartbeat_us.is_some(),
            Timer::Election | Timer::Quorum | Timer::Transfer | Timer::CatchUp => {
                self.settings.election_timeout.is_some()
            }
        }
    }

    /// Call it after every change of a timer, or of whether the server runs.
    pub(super) fn update_first_timer(&mut self, id: ServerId) {
        let server = &self.servers[id.slot()];
        let mut first = (NEVER, Timer::Election);
        if server.is_running() {
            for (set, timer) in server.timers.iter().zip(TIMERS) {
                if let Some(set) = set
                    && (set.due_us, set.sequence) < first.0
                {
                    first = ((set.due_us, set.sequence), timer);
                }
            }
        }
        self.first_timers.set(id, first);
    }
}

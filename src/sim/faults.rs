//! Faults of servers: crash, wipe, pause and a clock that runs too fast or too slow.

use crate::raft::{Idle, Ignored, Input, Log, Node, ServerId, StoppedWhy, Timer};

use super::changes::Changes;
use super::network::Flight;
use super::queue::Due;
use super::server::{RunningTimers, Status, TRUE_CLOCK};
use super::time::Micros;
use super::world::World;

impl World {
    pub(super) fn crash(&mut self, id: ServerId, changes: &mut Changes) {
        let server = &mut self.servers[id.slot()];
        if !server.is_alive() {
            return;
        }
        server.status = Status::Crashed;
        server.outbox.clear();
        server.timers = RunningTimers::default();
        server.disk.crash();
        server.disk_busy_until_us = 0;
        self.restore_from_disk(id, changes);
        self.work += self.queue.len() as u64;
        self.queue.retain(|due| !matches!(due, Due::WriteStable(server, _) if *server == id));
        self.update_first_timer(id);
    }

    /// After a crash, a server is what its disk holds.
    pub(super) fn restore_from_disk(&mut self, id: ServerId, changes: &mut Changes) {
        let server = &mut self.servers[id.slot()];
        let (options, configuration) = (*server.node.options(), server.node.boot_configuration());
        let before = server.node.log().last_index();
        let (hard_state, log) = (server.disk.hard_state(), server.disk.log().clone());
        let kept = agreeing_prefix(server.node.log(), &log);
        server.node = Node::new(id, options, configuration, hard_state, log);
        let after = server.node.log().last_index();
        if kept < before.max(after) {
            changes.log_changed(id, kept + 1);
        }
    }

    pub(super) fn restart(&mut self, id: ServerId, changes: &mut Changes) {
        let server = &mut self.servers[id.slot()];
        if !server.is_alive() {
            server.status = Status::Running;
            self.step_server(id, Input::Start, changes);
        }
    }

    pub(super) fn wipe(&mut self, id: ServerId, changes: &mut Changes) {
        self.crash(id, changes);
        self.servers[id.slot()].disk = Default::default();
        self.restore_from_disk(id, changes);
    }

    pub(super) fn pause(&mut self, id: ServerId, for_us: Option<Micros>) {
        self.epoch += 1;
        let now = self.epoch;
        match &mut self.servers[id.slot()].status {
            Status::Crashed => return,
            Status::Paused { pause, .. } => *pause = now,
            status => *status = Status::Paused { stalled: Vec::new(), pause: now },
        }
        if let Some(for_us) = for_us {
            let due_us = self.now_us.saturating_add(for_us);
            self.queue.push(due_us, self.event, Due::PauseOver(id, now));
        }
        self.update_first_timer(id);
    }

    /// A paused server continues: messages that waited arrive now, and timers that were due in the
    /// pause fire now.
    pub(super) fn resume(&mut self, id: ServerId, changes: &mut Changes) {
        let now_us = self.now_us;
        let server = &mut self.servers[id.slot()];
        let Status::Paused { stalled, .. } = &mut server.status else { return };
        let mut arriving = std::mem::take(stalled);
        server.status = Status::Running;
        for timer in server.timers.iter_mut().flatten() {
            timer.due_us = timer.due_us.max(now_us);
        }
        let stable = server.disk.stable();
        self.update_first_timer(id);
        changes.touch(id);
        self.step_server(id, Input::Stable(stable), changes);
        if self.settings.fifo && !arriving.is_empty() {
            // Messages that arrive at this very moment come after those that waited.
            self.work += self.queue.len() as u64;
            let arrives_now = |flight: &Flight| {
                flight.loss.is_none()
                    && flight.due_us == now_us
                    && flight.message.to.server() == Some(id)
            };
            arriving.extend(self.queue.recall(arrives_now));
        }
        for mut flight in arriving {
            flight.due_us = now_us;
            self.queue.send(flight);
        }
    }

    pub(super) fn skew(&mut self, id: ServerId, milli: u32) {
        let now_us = self.now_us;
        let server = &mut self.servers[id.slot()];
        let before = u128::from(server.skew_milli);
        server.skew_milli = milli.clamp(TRUE_CLOCK / 10, TRUE_CLOCK * 10);
        let after = u128::from(server.skew_milli);
        for timer in server.timers.iter_mut().flatten() {
            let left = u128::from(timer.due_us.saturating_sub(now_us)) * before / after;
            timer.due_us = now_us.saturating_add(Micros::try_from(left).unwrap_or(Micros::MAX));
        }
        if after > before {
            // Its leases were measured by the slower clock.
            server.node.void_leases();
        }
        self.update_first_timer(id);
    }

    /// A person or a script asks something of a server. A server that does not run ignores it, and
    /// so does one whose role has no such timer.
    pub(super) fn ask_server(
        &mut self,
        id: ServerId,
        input: Input,
        ignored: Ignored,
        changes: &mut Changes,
    ) {
        let server = &self.servers[id.slot()];
        if server.is_running() {
            let before = changes.reason_count();
            self.step_server(id, input, changes);
            if changes.reason_count() == before {
                changes.stopped(id, || StoppedWhy { idle: Idle::NoTimer, ignored });
            }
        } else {
            let idle = if server.is_alive() { Idle::Paused } else { Idle::Crashed };
            changes.stopped(id, || StoppedWhy { idle, ignored });
        }
    }

    pub(super) fn compact(&mut self, id: ServerId, changes: &mut Changes) {
        self.ask_server(id, Input::Compact, Ignored::Compact, changes);
    }

    pub(super) fn fire_now(&mut self, id: ServerId, timer: Timer, changes: &mut Changes) {
        self.ask_server(id, Input::Fired(timer), Ignored::Timer(timer), changes);
    }
}

fn agreeing_prefix(memory: &Log, disk: &Log) -> u64 {
    // Up to where both logs hold the same entries; a disk lags behind memory, or memory was
    // truncated.
    let last = memory.last_index().min(disk.last_index());
    let agree = |index: u64| memory.entry(index) == disk.entry(index);
    let same = |index: &u64| agree(*index);
    (memory.first_index().max(disk.first_index())..=last)
        .rev()
        .find(same)
        .unwrap_or(memory.snapshot_index().min(disk.snapshot_index()))
}

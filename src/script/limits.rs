//! How much may happen before a run says that it is too much: whatever a script asks for, a page must not hang. What is
//! counted is what is done, never the time that it takes, so that every machine comes equally far.

use crate::sim::{Duration, Micros};

use super::runner::Runner;

/// As many things may happen at one moment: more, and time would never pass.
pub(super) const STEPS_PER_MOMENT_MAX: u64 = 1_000_000;
/// The most steps that one journey through time goes before it says where it has come to.
pub(super) const STEPS_MAX: u64 = 3_000_000;
/// And the most that it goes through beside them; see [`Runner::work`].
pub(super) const WORK_MAX: u64 = 20_000_000;

impl Runner {
    /// How much was gone through so far beside the steps themselves: what else can take long.
    pub(super) fn work(&self) -> u64 {
        self.cluster.work() + self.looked
    }

    /// Whether no limit has been reached.
    pub(super) fn may_go_on(&self) -> bool {
        self.work() < self.work_max && !self.marks.is_full()
    }

    /// Lets it do something for which there is a limit of work.
    pub(super) fn limited<T>(&mut self, work: u64, go: impl FnOnce(&mut Runner) -> T) -> T {
        self.work_max = self.work().saturating_add(work);
        let result = go(self);
        self.work_max = u64::MAX;
        result
    }

    /// Which limit keeps it from that moment.
    pub(super) fn too_far(&self, time_us: Micros) -> String {
        let now = Duration(self.world().now_us());
        let until = match time_us {
            Micros::MAX => "the end".to_owned(),
            time_us => Duration(time_us).to_string(),
        };
        if self.marks.is_full() {
            return format!("stopped at {now}: the cluster takes more than 256 MB");
        }
        match self.work() >= self.work_max {
            true => format!(
                "stopped at {now}: more than {WORK_MAX} entries, conditions and operations to check \
                 before {until}"
            ),
            false => format!("stopped at {now}: more than {STEPS_MAX} events before {until}"),
        }
    }
}

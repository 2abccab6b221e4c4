//! Runs many schedules on many threads, for the first that does harm.

use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crate::raft::Rule;
use crate::sim::Setup;

use super::schedule::{Schedule, ScheduleReport};

/// Which schedules to run.
#[derive(Clone, Debug)]
pub struct Search {
    pub seeds: RangeInclusive<u64>,
    /// The cluster of all schedules. Without one, each draws its own.
    pub cluster: Option<Setup>,
    /// The rules that are off in all schedules.
    pub off: Vec<Rule>,
}

/// Counts of what has run so far, which other threads may read meanwhile.
#[derive(Debug, Default)]
pub struct Tally {
    schedules: AtomicU64,
    events: AtomicU64,
    abandoned: AtomicU64,
}

impl Tally {
    fn count(&self, report: &ScheduleReport) {
        self.schedules.fetch_add(1, Ordering::Relaxed);
        self.events.fetch_add(report.events, Ordering::Relaxed);
        self.abandoned.fetch_add(u64::from(report.abandoned), Ordering::Relaxed);
    }

    pub fn schedules(&self) -> u64 {
        self.schedules.load(Ordering::Relaxed)
    }

    pub fn events(&self) -> u64 {
        self.events.load(Ordering::Relaxed)
    }

    /// Schedules that were stopped after too many events.
    pub fn abandoned(&self) -> u64 {
        self.abandoned.load(Ordering::Relaxed)
    }
}

impl Search {
    /// The schedule of a seed.
    pub fn schedule(&self, seed: u64) -> Schedule {
        match &self.cluster {
            Some(cluster) => Schedule::on_cluster(cluster, seed, &self.off),
            None => Schedule::new(seed, &self.off),
        }
    }

    /// The lowest seed whose schedule does harm. It does not depend on the number of
    /// threads.
    pub fn run(&self, threads: usize, tally: &Tally) -> Option<u64> {
        let next = AtomicU64::new(0);
        let found = AtomicU64::new(u64::MAX);
        thread::scope(|scope| {
            for _ in 1..threads {
                scope.spawn(|| self.work(&next, &found, tally));
            }
            self.work(&next, &found, tally);
        });
        let offset = found.into_inner();
        (offset != u64::MAX).then(|| self.seeds.start() + offset)
    }

    /// As [`Search::run`], in this thread alone: a browser has no others to give. Calls
    /// `observe` after each schedule.
    pub fn run_observed(&self, observe: &mut dyn FnMut(&Tally)) -> Option<u64> {
        let tally = Tally::default();
        self.seeds.clone().find(|seed| {
            let report = self.schedule(*seed).run();
            tally.count(&report);
            observe(&tally);
            report.harm.is_some()
        })
    }

    /// Runs one seed after the other. Seeds are handed out in order: when one is found, all lower
    /// ones are already running, and each thread finishes its own. `found` is the lowest offset
    /// found so far.
    fn work(&self, next: &AtomicU64, found: &AtomicU64, tally: &Tally) {
        let last = self.seeds.end().saturating_sub(*self.seeds.start());
        loop {
            let offset = next.fetch_add(1, Ordering::Relaxed);
            if offset > last || offset > found.load(Ordering::Relaxed) || self.seeds.is_empty() {
                return;
            }
            let report = self.schedule(self.seeds.start() + offset).run();
            tally.count(&report);
            if report.harm.is_some() {
                found.fetch_min(offset, Ordering::Relaxed);
                return;
            }
        }
    }
}

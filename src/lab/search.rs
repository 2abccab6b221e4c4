//! Many schedules on many threads, for the first that violates a property.

use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crate::raft::Rule;
use crate::sim::Setup;

use super::chaos::Chaos;

/// Which schedules are looked through.
#[derive(Clone, Debug)]
pub struct Search {
    /// Their seeds.
    pub seeds: RangeInclusive<u64>,
    /// The cluster of them all; where there is none, each draws its own.
    pub cluster: Option<Setup>,
    /// The rules that are switched off in all of them.
    pub off: Vec<Rule>,
}

/// What has been run so far; it can be read meanwhile.
#[derive(Debug, Default)]
pub struct Tally {
    schedules: AtomicU64,
    events: AtomicU64,
    given_up: AtomicU64,
}

impl Tally {
    /// How many schedules have been run.
    pub fn schedules(&self) -> u64 {
        self.schedules.load(Ordering::Relaxed)
    }

    /// How many events happened in them.
    pub fn events(&self) -> u64 {
        self.events.load(Ordering::Relaxed)
    }

    /// How many schedules were given up, since too much happened in them.
    pub fn given_up(&self) -> u64 {
        self.given_up.load(Ordering::Relaxed)
    }
}

impl Search {
    /// The schedule of a seed.
    pub fn chaos(&self, seed: u64) -> Chaos {
        match &self.cluster {
            Some(cluster) => Chaos::within(cluster, seed, &self.off),
            None => Chaos::new(seed, &self.off),
        }
    }

    /// The lowest seed whose schedule violates a property. It is the same for any number of threads;
    /// only how much was run in vain is not.
    pub fn run(&self, threads: usize, tally: &Tally) -> Option<u64> {
        let place = AtomicU64::new(0);
        let found = AtomicU64::new(u64::MAX);
        thread::scope(|scope| {
            for _ in 1..threads {
                scope.spawn(|| self.work(&place, &found, tally));
            }
            self.work(&place, &found, tally);
        });
        let place = found.into_inner();
        (place != u64::MAX).then(|| self.seeds.start() + place)
    }

    /// Takes one seed after the other. They are given out in order, so that when one is found all lower
    /// ones are taken, and whoever has them runs them to their ends.
    fn work(&self, next: &AtomicU64, found: &AtomicU64, tally: &Tally) {
        let last = self.seeds.end().saturating_sub(*self.seeds.start());
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            if place > last || place > found.load(Ordering::Relaxed) || self.seeds.is_empty() {
                return;
            }
            let course = self.chaos(self.seeds.start() + place).run();
            tally.schedules.fetch_add(1, Ordering::Relaxed);
            tally.events.fetch_add(course.events, Ordering::Relaxed);
            tally.given_up.fetch_add(u64::from(course.given_up), Ordering::Relaxed);
            if !course.violations.is_empty() {
                found.fetch_min(place, Ordering::Relaxed);
                return;
            }
        }
    }
}

//! What a script has put off: to a moment, or until a condition becomes true.

use std::collections::VecDeque;

use crate::check::Cluster;
use crate::sim::Micros;

use crate::script::condition::{Condition, Question};
use crate::script::lang::ast::ScheduledAction;

/// An action with the line that gave it; line 0 is the console.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub line: u32,
    pub action: ScheduledAction,
}

/// A task that comes back.
#[derive(Clone, Debug)]
struct Repeat {
    period_us: Micros,
    /// How often it still comes; `None` is without end.
    left: Option<u32>,
}

/// Tasks for moments to come, in the order in which they are due.
#[derive(Clone, Debug, Default)]
pub(super) struct Agenda {
    tasks: VecDeque<(Micros, Task, Option<Repeat>)>,
}

impl Agenda {
    /// When the first task is due, in microseconds.
    pub fn first_us(&self) -> Option<Micros> {
        self.tasks.front().map(|(time_us, ..)| *time_us)
    }

    /// Puts a task on.
    pub fn at(&mut self, time_us: Micros, task: Task) {
        self.push(time_us, task, None);
    }

    /// Puts a task on that comes every so many microseconds, `times` times.
    pub fn every(&mut self, now_us: Micros, period_us: Micros, task: Task, times: Option<u32>) {
        self.push(now_us.saturating_add(period_us), task, Some(Repeat { period_us, left: times }));
    }

    fn push(&mut self, time_us: Micros, task: Task, repeat: Option<Repeat>) {
        // Those of one moment keep their order.
        let place = self.tasks.partition_point(|(earlier_us, ..)| *earlier_us <= time_us);
        self.tasks.insert(place, (time_us, task, repeat));
    }

    /// Takes the first task out; one that comes back is put on again.
    pub fn take(&mut self) -> Option<Task> {
        let (time_us, task, repeat) = self.tasks.pop_front()?;
        if let Some(Repeat { period_us, left }) = repeat {
            let left = left.map(|left| left - 1);
            if left != Some(0) {
                let repeat = Some(Repeat { period_us, left });
                self.push(time_us.saturating_add(period_us), task.clone(), repeat);
            }
        }
        Some(task)
    }

    /// How many tasks there are.
    pub fn len(&self) -> usize {
        self.tasks.len()
    }

    /// Takes everything off.
    pub fn clear(&mut self) {
        self.tasks.clear();
    }
}

/// A task that waits for a condition to become true.
#[derive(Clone, Debug)]
pub(super) struct Watch {
    pub condition: Condition,
    pub task: Task,
    /// Whether it stays on after it has been done.
    pub again: bool,
    /// Whether the condition held when it was last looked at.
    pub held: bool,
}

impl Watch {
    /// A watch that has not looked yet: a condition that holds already becomes true now.
    pub fn new(condition: Condition, task: Task, again: bool) -> Watch {
        Watch { condition, task, again, held: false }
    }

    /// How much there is to go through to know whether it holds.
    pub fn work(&self, cluster: &Cluster) -> u64 {
        self.condition.work(cluster)
    }

    /// Whether the condition has become true since it was last looked at.
    pub fn rises(&mut self, cluster: &Cluster) -> bool {
        let holds = self.condition.holds(cluster);
        let rises = holds && !self.held;
        self.held = holds;
        rises
    }
}

impl Condition {
    /// How much there is to go through to know whether it holds.
    pub(super) fn work(&self, cluster: &Cluster) -> u64 {
        let longest = || {
            let servers = cluster.world().servers().iter();
            servers.map(|server| server.node().log().last_index()).max().unwrap_or(0)
        };
        let clauses = self.clauses.iter().map(|clause| match clause.question {
            Question::Log(..) | Question::Agree(_) => 8 + longest(),
            _ => 8,
        });
        clauses.sum()
    }

    /// The next moment at which it may come to hold only because time passes, in microseconds.
    pub(super) fn next_alarm_us(&self, now_us: Micros) -> Option<Micros> {
        let times = self.clauses.iter().filter_map(|clause| match clause.question {
            Question::Time(_, time_us) => Some([time_us, time_us + 1]),
            _ => None,
        });
        times.flatten().filter(|time_us| *time_us > now_us).min()
    }
}

//! What a script has put off: tasks for a moment, and triggers that wait for a condition.

use std::collections::VecDeque;

use crate::check::Cluster;
use crate::sim::Micros;

use crate::script::condition::{Condition, Question};
use crate::script::lang::ast::ScheduledAction;

/// An action and the line that it comes from; line 0 is the console.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub line: u32,
    pub action: ScheduledAction,
}

/// How a task of `every` comes back.
#[derive(Clone, Debug)]
struct Repeat {
    period_us: Micros,
    /// How often it is still due; `None` is for ever.
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

    /// Adds a task for a moment.
    pub fn at(&mut self, time_us: Micros, task: Task) {
        self.push(time_us, task, None);
    }

    /// Adds a task that is due once per period, `times` times.
    pub fn every(&mut self, now_us: Micros, period_us: Micros, task: Task, times: Option<u32>) {
        self.push(now_us.saturating_add(period_us), task, Some(Repeat { period_us, left: times }));
    }

    fn push(&mut self, time_us: Micros, task: Task, repeat: Option<Repeat>) {
        // Tasks of one moment keep their order.
        let at = self.tasks.partition_point(|(earlier_us, ..)| *earlier_us <= time_us);
        self.tasks.insert(at, (time_us, task, repeat));
    }

    /// Takes the first task. One that comes back is added again.
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

    /// The tasks that come back, with their periods in microseconds and how often each is due yet.
    pub fn repeats(&self) -> impl Iterator<Item = (&Task, Micros, Option<u32>)> {
        self.tasks.iter().filter_map(|(_, task, repeat)| {
            let Repeat { period_us, left } = repeat.as_ref()?;
            Some((task, *period_us, *left))
        })
    }

    pub fn len(&self) -> usize {
        self.tasks.len()
    }

    pub fn clear(&mut self) {
        self.tasks.clear();
    }
}

/// A task that is done when a condition becomes true.
#[derive(Clone, Debug)]
pub(super) struct Trigger {
    pub condition: Condition,
    pub task: Task,
    /// Whether it stays after its task has been done (`whenever`).
    pub again: bool,
    /// Whether the condition held when it was last checked.
    pub held: bool,
    /// Set while the task is due: the condition has become true, and other tasks come first. The
    /// lowest number is next.
    pub due: Option<u64>,
}

impl Trigger {
    /// A condition that holds already counts as becoming true now.
    pub fn new(condition: Condition, task: Task, again: bool) -> Trigger {
        Trigger { condition, task, again, held: false, due: None }
    }

    pub fn work(&self, cluster: &Cluster) -> u64 {
        self.condition.work(cluster)
    }

    /// Whether the condition has become true since it was last checked.
    pub fn rises(&mut self, cluster: &Cluster) -> bool {
        let holds = self.condition.holds(cluster);
        let rises = holds && !self.held;
        self.held = holds;
        rises
    }

    /// The task is no longer due: the condition has become false, and must become true again.
    pub fn rearm(&mut self) {
        self.held = false;
        self.due = None;
    }
}

impl Condition {
    /// Counts the work of checking it; see [`super::limits`].
    pub(super) fn work(&self, cluster: &Cluster) -> u64 {
        let longest = || {
            let servers = cluster.world().servers().iter();
            servers.map(|server| server.node().log().last_index()).max().unwrap_or(0)
        };
        let operations = || {
            let clients = cluster.world().clients().iter();
            clients.map(|client| client.operations().len() as u64).sum::<u64>()
        };
        let clauses = self.clauses.iter().map(|clause| match clause.question {
            Question::Log(..) | Question::Agree(_) => 8 + longest(),
            Question::Answered => 8 + operations(),
            Question::Message { .. } => 8 + cluster.world().due_len() as u64,
            _ => 8,
        });
        clauses.sum()
    }

    /// The next moment at which it may become true without any event, in microseconds.
    pub(super) fn next_alarm_us(&self, now_us: Micros) -> Option<Micros> {
        let times = self.clauses.iter().filter_map(|clause| match clause.question {
            Question::Time(_, time_us) => Some([time_us, time_us + 1]),
            _ => None,
        });
        times.flatten().filter(|time_us| *time_us > now_us).min()
    }
}

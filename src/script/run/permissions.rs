//! What a challenge allows its reader to do, and how often. It binds the page; a script may do
//! anything, and a report says what was forbidden.
//!
//! Without an `allow`, every statement is allowed. Each recorded action counts, whenever it was
//! done: what a script sets at its end also holds for actions that a submission did earlier.
//!
//! A budget counts servers: `crash s1,s2` crashes two. Otherwise a reader could spend a budget of
//! one on all of them. What is about links or messages counts once.

use std::fmt;

use crate::script::lang::ast::{Narration, ScheduledAction, Statement};
use crate::script::lang::print::act_line;
use crate::sim::{Act, Duration, Micros, Servers};

use super::Run;

/// Why the reader may not use a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forbidden {
    /// An `allow` names other statements only.
    NotAllowed,
    /// A `budget` of this size is spent.
    Spent(u32),
    /// The flow of the script ends at that moment, in microseconds, and only then the reader acts.
    BeforeStart(Micros),
}

/// An action of the reader that the challenge forbids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The line of the action.
    pub line: u32,
    /// The first word of its statement.
    pub verb: String,
    pub why: Forbidden,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = &self.verb;
        match self.why {
            Forbidden::NotAllowed => write!(f, "`{verb}` is not allowed"),
            Forbidden::Spent(0) => write!(f, "`{verb}` is not allowed: its budget is 0"),
            Forbidden::Spent(1) => write!(f, "`{verb}` is allowed only once"),
            Forbidden::Spent(times) => write!(f, "`{verb}` is allowed only {times} times"),
            Forbidden::BeforeStart(start_us) => {
                write!(f, "`{verb}` comes before the challenge begins, at {}", Duration(start_us))
            }
        }
    }
}

/// What the reader may do now. Without `allow`, everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permissions {
    /// The first words of the statements that are allowed.
    pub allowed: Option<Vec<String>>,
    pub budgets: Vec<ActionBudget>,
    /// The number of servers, where anything is limited.
    servers: usize,
}

/// How often the reader may do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionBudget {
    pub verb: String,
    pub count: u32,
    pub used: u32,
}

impl ActionBudget {
    pub fn left(&self) -> u32 {
        self.count.saturating_sub(self.used)
    }
}

impl Permissions {
    /// Why the reader may not use a statement that begins with that word.
    pub fn forbidden(&self, verb: &str) -> Option<Forbidden> {
        self.forbidden_times(verb, 1)
    }

    /// The same if it counts that often.
    fn forbidden_times(&self, verb: &str, times: u32) -> Option<Forbidden> {
        // To pause is no action on the cluster.
        if verb == "stop" {
            return None;
        }
        if let Some(allowed) = &self.allowed
            && !allowed.iter().any(|known| is_same(known, verb))
        {
            return Some(Forbidden::NotAllowed);
        }
        let budgets = self.budgets.iter().filter(|budget| is_same(&budget.verb, verb));
        let smallest = budgets.min_by_key(|budget| budget.count);
        smallest.filter(|budget| budget.left() < times).map(|budget| Forbidden::Spent(budget.count))
    }

    /// The same in words, as the reason of a disabled control.
    pub fn refusal(&self, verb: &str) -> Option<String> {
        self.refusal_times(verb, 1)
    }

    /// The same if it counts that often.
    fn refusal_times(&self, verb: &str, times: u32) -> Option<String> {
        let left = self.budgets.iter().filter(|budget| is_same(&budget.verb, verb));
        let left = left.map(ActionBudget::left).min().unwrap_or_default();
        Some(match self.forbidden_times(verb, times)? {
            Forbidden::Spent(_) if left > 0 => {
                let servers = if left == 1 { "server" } else { "servers" };
                format!("{verb} is left for {left} {servers} only")
            }
            Forbidden::NotAllowed => {
                let allowed = self.allowed.as_deref().unwrap_or_default();
                match allowed.split_last() {
                    Some((last, [])) => format!("only {last} is allowed here"),
                    Some((last, rest)) => {
                        format!("only {} and {last} are allowed here", rest.join(", "))
                    }
                    None => "nothing is allowed here".to_owned(),
                }
            }
            Forbidden::Spent(0) => format!("{verb} is not allowed here"),
            Forbidden::Spent(1) => format!("{verb} is allowed once, and is used"),
            Forbidden::Spent(times) => {
                format!("{verb} is allowed {times} times, and all are used")
            }
            Forbidden::BeforeStart(start_us) => {
                format!("{verb} is allowed from {} on", Duration(start_us))
            }
        })
    }

    /// Why the reader may not do the act, in words.
    pub fn refusal_of(&self, act: &Act) -> Option<String> {
        match *self == Permissions::default() {
            true => None,
            false => self.refusal_times(&verb_of(act), count_of(act, self.servers)),
        }
    }
}

impl Run {
    /// What the reader may do now.
    pub fn permissions(&self) -> Permissions {
        self.permissions_after(self.actions_done)
    }

    /// The same after that number of actions.
    fn permissions_after(&self, actions_done: usize) -> Permissions {
        let mut permissions = Permissions::default();
        let actions = &self.actions[..actions_done];
        let servers = self.world().servers().len();
        for narrated in self.narrated() {
            match narrated.narration {
                Narration::Allow(verbs) => {
                    permissions.allowed.get_or_insert_default().extend(verbs.iter().cloned());
                }
                Narration::Budget(verb, count) => {
                    let done = actions.iter().filter(|done| is_same(verb, &done.action.verb()));
                    let used = done.map(|done| done.action.count(servers)).sum();
                    let (verb, count) = (verb.clone(), *count);
                    permissions.budgets.push(ActionBudget { verb, count, used });
                }
                _ => continue,
            }
            permissions.servers = servers;
        }
        permissions
    }

    /// Why the reader may not use that statement now, after the actions done so far.
    pub fn forbidden(&self, verb: &str) -> Option<Forbidden> {
        self.permissions().forbidden(verb)
    }

    /// The actions so far that the challenge forbids.
    pub fn breaches(&self) -> Vec<Breach> {
        let done = self.actions[..self.actions_done].iter().enumerate();
        let breaches = done.filter_map(|(before, action)| {
            let verb = action.action.verb();
            let times = action.action.count(self.world().servers().len());
            let why = self.permissions_after(before).forbidden_times(&verb, times)?;
            Some(Breach { line: action.line, verb, why })
        });
        breaches.collect()
    }

    /// The actions that came before the end of the flow: before the reader's turn.
    pub fn early_actions(&self) -> Vec<Breach> {
        let done = if self.is_flow_over() { self.over_actions } else { self.actions_done };
        let early = self.actions[..done].iter().map(|action| (action.line, action.action.verb()));
        let early = early.filter(|(_, verb)| verb != "stop");
        let why = Forbidden::BeforeStart(self.over_us);
        early.map(|(line, verb)| Breach { line, verb, why }).collect()
    }
}

impl Statement {
    /// The first word of it.
    pub fn verb(&self) -> String {
        first_word(&self.to_string())
    }
}

impl ScheduledAction {
    fn verb(&self) -> String {
        match self {
            ScheduledAction::Act(act) => verb_of(act),
            action => first_word(&action.to_string()),
        }
    }

    /// How often it counts against a budget.
    fn count(&self, servers: usize) -> u32 {
        match self {
            ScheduledAction::Act(act) => count_of(act, servers),
            _ => 1,
        }
    }
}

/// How often an act counts against a budget in a cluster of that size.
fn count_of(act: &Act, servers: usize) -> u32 {
    let set = match act {
        Act::Crash(set)
        | Act::Restart(set)
        | Act::Pause(set, _)
        | Act::Resume(set)
        | Act::Wipe(set)
        | Act::Skew(set, _)
        | Act::Timeout(set)
        | Act::Beat(set)
        | Act::Isolate(set)
        | Act::Snapshot(set) => set,
        _ => return 1,
    };
    let count = match set {
        Servers::Named(named) => named.len(),
        Servers::Leader => 1,
        Servers::Followers => servers.saturating_sub(1),
        Servers::All | Servers::Others => servers,
    };
    count as u32
}

/// `suspend` is another word for `pause`, the one that is recorded.
fn is_same(known: &str, verb: &str) -> bool {
    let canonical = |verb| if verb == "suspend" { "pause" } else { verb };
    canonical(known) == canonical(verb)
}

fn verb_of(act: &Act) -> String {
    first_word(&act_line(act))
}

fn first_word(line: &str) -> String {
    line.split_whitespace().next().unwrap_or_default().to_owned()
}

//! Jumps to where something happens.

use crate::raft::{Role, Term};
use crate::script::condition::Condition;
use crate::script::lang::ast::Statement;
use crate::script::lang::parse::parse_statement;
use crate::script::run::{Halt, Position, Run};
use crate::sim::{Duration, Micros, Recorder};

use super::Session;

/// The most steps to look through.
const LOOK_MAX: u64 = 500_000;

/// What a person can jump to.
#[derive(Clone, Debug, PartialEq)]
pub enum JumpTarget {
    /// A server campaigns.
    Election,
    /// A server becomes leader.
    Leader,
    /// An entry is committed.
    Commit,
    /// A property is violated.
    Violation,
    /// A condition becomes true.
    Becomes(Condition),
}

impl JumpTarget {
    /// From one of four words, or from a condition.
    ///
    /// # Errors
    /// What is wrong with the condition.
    pub fn named(text: &str, session: &Session) -> Result<JumpTarget, String> {
        let (servers, clients) = (session.world().servers().len(), session.world().clients().len());
        match text.trim() {
            "election" => return Ok(JumpTarget::Election),
            "leader" => return Ok(JumpTarget::Leader),
            "commit" => return Ok(JumpTarget::Commit),
            "violation" => return Ok(JumpTarget::Violation),
            _ => {}
        }
        let verb = "expect ";
        match parse_statement(&format!("{verb}{text}"), servers, clients) {
            Ok(Some(Statement::Expect(condition))) => Ok(JumpTarget::Becomes(condition)),
            Ok(_) => Err("expected a condition such as `leader s1`".to_owned()),
            Err(error) => {
                let column = (error.column as usize).saturating_sub(verb.len()).max(1);
                Err(format!("column {column}: {}", error.message()))
            }
        }
    }

    fn words(&self) -> String {
        match self {
            JumpTarget::Election => "election".to_owned(),
            JumpTarget::Leader => "new leader".to_owned(),
            JumpTarget::Commit => "commit".to_owned(),
            JumpTarget::Violation => "violation".to_owned(),
            JumpTarget::Becomes(condition) => format!("moment at which `{condition}` becomes true"),
        }
    }
}

/// Watches a run for a target, state by state.
struct Detector<'a> {
    target: &'a JumpTarget,
    roles: Vec<(Role, Term)>,
    number: u64,
}

impl<'a> Detector<'a> {
    fn new(target: &'a JumpTarget, run: &Run) -> Detector<'a> {
        let mut detector = Detector { target, roles: Vec::new(), number: 0 };
        detector.number = detector.number_in(run);
        detector.roles = roles(run).collect();
        detector
    }

    fn number_in(&self, run: &Run) -> u64 {
        match self.target {
            JumpTarget::Commit => {
                let servers = run.world().servers().iter();
                let newest = servers.map(|server| server.node().commit_index()).max();
                newest.unwrap_or(0).max(self.number)
            }
            JumpTarget::Violation => run.cluster().violations().len() as u64,
            JumpTarget::Becomes(condition) => condition.holds(run.cluster()).into(),
            JumpTarget::Election | JumpTarget::Leader => 0,
        }
    }

    /// Whether the target happened in the newest step.
    fn sees(&mut self, run: &Run) -> bool {
        if !matches!(self.target, JumpTarget::Election | JumpTarget::Leader) {
            let before = self.number;
            self.number = self.number_in(run);
            return self.number > before;
        }
        let mut seen = false;
        for (known, now) in self.roles.iter_mut().zip(roles(run)) {
            if *known == now {
                continue;
            }
            seen |= match (known.0, now.0) {
                (_, Role::Leader) if *self.target == JumpTarget::Leader => true,
                // The only voter is elected at once.
                (Role::Follower, Role::Leader) | (_, Role::Candidate | Role::PreCandidate) => {
                    *self.target == JumpTarget::Election
                }
                _ => false,
            };
            *known = now;
        }
        seen
    }
}

fn roles(run: &Run) -> impl Iterator<Item = (Role, Term)> {
    let servers = run.world().servers().iter();
    servers.map(|server| (server.node().role(), server.node().current_term()))
}

impl Session {
    /// Goes ahead to where the target happens next.
    ///
    /// # Errors
    /// If it is not found; the session has not moved then.
    pub fn jump_ahead(&mut self, to: &JumpTarget) -> Result<(), String> {
        let mut scout = self.run().clone();
        let recorder = &mut Recorder::off();
        let mut detector = Detector::new(to, &scout);
        let last = scout.position().steps + LOOK_MAX;
        while scout.position().steps < last && scout.step(recorder) {
            if detector.sees(&scout) {
                self.timeline.go_to(scout.position());
                self.note_end();
                return Ok(());
            }
        }
        Err(format!("there is no {} up to {}", to.words(), Duration(scout.world().now_us())))
    }

    /// Goes back to where the target happened last.
    ///
    /// # Errors
    /// If it is not found; the session has not moved then.
    pub fn jump_back(&mut self, to: &JumpTarget) -> Result<(), String> {
        let here = self.run().position();
        let mut until = here.steps;
        let mut looked = 0;
        while let Some(mut scout) = self.timeline.scout_before(until) {
            let begin = scout.position();
            match last_seen(&mut scout, to, until, here) {
                Some(position) => {
                    self.timeline.go_to(position);
                    self.explain_violations();
                    return Ok(());
                }
                None if looked > LOOK_MAX => return Err(self.nothing_since(to, begin.time_us)),
                None => (looked, until) = (looked + until - begin.steps, begin.steps),
            }
        }
        Err(self.nothing_since(to, 0))
    }

    fn nothing_since(&self, to: &JumpTarget, from_us: Micros) -> String {
        let now_us = self.world().now_us();
        format!(
            "there was no {} between {} and {}",
            to.words(),
            Duration(from_us),
            Duration(now_us)
        )
    }
}

/// The newest state up to that step, other than `here`, in which the target happened.
fn last_seen(scout: &mut Run, to: &JumpTarget, until: u64, here: Position) -> Option<Position> {
    let mut detector = Detector::new(to, scout);
    let recorder = &mut Recorder::off();
    let mut newest = None;
    while scout.position().steps < until {
        if scout.step_until(here.time_us, recorder) == Some(Halt::Reached) {
            break;
        }
        if detector.sees(scout) && scout.position() != here {
            newest = Some(scout.position());
        }
    }
    newest
}

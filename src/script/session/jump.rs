//! To where something happens.

use crate::raft::{Role, Term};
use crate::script::condition::Condition;
use crate::script::lang::ast::Statement;
use crate::script::runner::Runner;
use crate::script::{Halt, parse_statement};
use crate::sim::{Duration, Micros, Recorder};

use super::Session;
use super::travel::Place;

/// The most steps that are looked through.
const LOOK_MAX: u64 = 500_000;

/// What one can go to.
#[derive(Clone, Debug, PartialEq)]
pub enum Sight {
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

impl Sight {
    /// What is called so: one of four words, or a condition.
    ///
    /// # Errors
    /// What is wrong with the condition.
    pub fn named(text: &str, session: &Session) -> Result<Sight, String> {
        let (servers, clients) = (session.world().servers().len(), session.world().clients().len());
        match text.trim() {
            "election" => return Ok(Sight::Election),
            "leader" => return Ok(Sight::Leader),
            "commit" => return Ok(Sight::Commit),
            "violation" => return Ok(Sight::Violation),
            _ => {}
        }
        let said = "expect ";
        match parse_statement(&format!("{said}{text}"), servers, clients) {
            Ok(Some(Statement::Expect(condition))) => Ok(Sight::Becomes(condition)),
            Ok(_) => Err("expected a condition such as `leader s1`".to_owned()),
            Err(error) => {
                let column = (error.column as usize).saturating_sub(said.len()).max(1);
                Err(format!("column {column}: {}", error.message()))
            }
        }
    }

    fn words(&self) -> String {
        match self {
            Sight::Election => "election".to_owned(),
            Sight::Leader => "new leader".to_owned(),
            Sight::Commit => "commit".to_owned(),
            Sight::Violation => "violation".to_owned(),
            Sight::Becomes(condition) => format!("moment at which `{condition}` becomes true"),
        }
    }
}

/// Looks at a run, state by state.
struct Lookout<'a> {
    sight: &'a Sight,
    roles: Vec<(Role, Term)>,
    number: u64,
}

impl<'a> Lookout<'a> {
    fn new(sight: &'a Sight, runner: &Runner) -> Lookout<'a> {
        let mut lookout = Lookout { sight, roles: Vec::new(), number: 0 };
        lookout.number = lookout.number_in(runner);
        lookout.roles = roles(runner).collect();
        lookout
    }

    fn number_in(&self, runner: &Runner) -> u64 {
        match self.sight {
            Sight::Commit => {
                let servers = runner.world().servers().iter();
                let newest = servers.map(|server| server.node().commit_index()).max();
                newest.unwrap_or(0).max(self.number)
            }
            Sight::Violation => runner.cluster().violations().len() as u64,
            Sight::Becomes(condition) => condition.holds(runner.cluster()).into(),
            Sight::Election | Sight::Leader => 0,
        }
    }

    /// Whether it has come to be with the newest step.
    fn sees(&mut self, runner: &Runner) -> bool {
        if !matches!(self.sight, Sight::Election | Sight::Leader) {
            let before = self.number;
            self.number = self.number_in(runner);
            return self.number > before;
        }
        let mut seen = false;
        for (known, now) in self.roles.iter_mut().zip(roles(runner)) {
            if *known == now {
                continue;
            }
            seen |= match (known.0, now.0) {
                (_, Role::Leader) if *self.sight == Sight::Leader => true,
                // Who is alone is elected at once.
                (Role::Follower, Role::Leader) | (_, Role::Candidate | Role::PreCandidate) => {
                    *self.sight == Sight::Election
                }
                _ => false,
            };
            *known = now;
        }
        seen
    }
}

fn roles(runner: &Runner) -> impl Iterator<Item = (Role, Term)> {
    let servers = runner.world().servers().iter();
    servers.map(|server| (server.node().role(), server.node().current_term()))
}

impl Session {
    /// Goes to where that comes to be next.
    ///
    /// # Errors
    /// Where it is not found; it then stands where it stood.
    pub fn jump_ahead(&mut self, to: &Sight) -> Result<(), String> {
        let mut scout = self.runner.copy();
        scout.hands = self.runner.hands.clone();
        let recorder = &mut Recorder::off();
        let mut lookout = Lookout::new(to, &scout);
        let last = scout.steps + LOOK_MAX;
        while scout.steps < last && scout.step_event(recorder) {
            if lookout.sees(&scout) {
                self.go_to_place(place_of(&scout));
                self.note_end();
                return Ok(());
            }
        }
        Err(format!("there is no {} up to {}", to.words(), Duration(scout.world().now_us())))
    }

    /// Goes back to where that came to be last.
    ///
    /// # Errors
    /// Where it is not found; it then stands where it stood.
    pub fn jump_back(&mut self, to: &Sight) -> Result<(), String> {
        let here = self.place();
        let mut until = here.steps;
        let mut looked = 0;
        while let Some(mut scout) = self.runner.copy_before(|runner| runner.steps < until) {
            let begun = scout.steps;
            let from_us = scout.world().now_us();
            match last_seen(&mut scout, to, until, here) {
                Some(place) => {
                    self.go_to_place(place);
                    return Ok(());
                }
                None if looked > LOOK_MAX => return Err(self.nothing_since(to, from_us)),
                None => (looked, until) = (looked + until - begun, begun),
            }
        }
        Err(self.nothing_since(to, 0))
    }

    fn nothing_since(&self, to: &Sight, from_us: Micros) -> String {
        let now_us = self.world().now_us();
        format!(
            "there was no {} between {} and {}",
            to.words(),
            Duration(from_us),
            Duration(now_us)
        )
    }
}

fn place_of(runner: &Runner) -> Place {
    Place { steps: runner.steps, time_us: runner.world().now_us() }
}

/// The last state up to that step, and before that place, in which it came to be.
fn last_seen(scout: &mut Runner, to: &Sight, until: u64, here: Place) -> Option<Place> {
    let mut lookout = Lookout::new(to, scout);
    let recorder = &mut Recorder::off();
    let mut newest = None;
    while scout.steps < until {
        if scout.run_within(here.time_us, scout.steps + 1, recorder) == Some(Halt::Reached) {
            break;
        }
        if lookout.sees(scout) && place_of(scout) != here {
            newest = Some(place_of(scout));
        }
    }
    newest
}

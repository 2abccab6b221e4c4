//! What scripts ask of the player, through `window.raftarium`.

use serde::Serialize;

use crate::check::Verdict;
use crate::sim::View;

use super::opening::told;
use super::player::Player;
use crate::script::{self, Failure, Runner};

/// `state()`: the world as others read it, and what the page adds.
#[derive(Serialize)]
pub struct PageState {
    #[serde(flatten)]
    view: View,
    playing: bool,
    speed: f64,
    violations: Vec<ViolationView>,
    /// Whether the clients' history is; nothing where that is undecided.
    linearizable: Option<bool>,
    /// From which operation on it is undecided.
    undecided: Option<String>,
}

#[derive(Serialize)]
struct ViolationView {
    property: &'static str,
    time: u64,
    event: u64,
    text: String,
}

/// `hash()`: as `--hash` prints it.
#[derive(Serialize)]
pub struct PageHash {
    time: u64,
    hash: String,
}

/// `run()`: as the command line reports it.
#[derive(Serialize)]
pub struct PageReport {
    ok: bool,
    errors: Vec<String>,
}

impl Player {
    /// Opens a script, paused at time 0.
    pub fn load(&self, text: &str) -> Result<(), String> {
        let script = script::parse(text).map_err(|errors| told(&errors))?;
        self.open(Runner::new(script));
        Ok(())
    }

    /// Runs the script's flow to its end.
    pub fn run_to_end(&self) -> PageReport {
        self.pause();
        let report = self.with_runner(Runner::run_to_end);
        let told = |failure: &Failure| format!("{}: {}", failure.line, failure.text);
        PageReport { ok: report.ok, errors: report.failures.iter().map(told).collect() }
    }

    /// The world as others read it, now.
    pub fn state(&self) -> PageState {
        let (playing, speed) = self.pace();
        let picture = self.picture();
        let violations = picture.violations.iter().map(|violation| ViolationView {
            property: violation.property,
            time: violation.time_us,
            event: violation.event,
            text: violation.text.clone(),
        });
        let undecided = match &*picture.verdict {
            Verdict::Undecided { from } => Some(from.clone()),
            _ => None,
        };
        PageState {
            view: self.with_world(|world| world.view()),
            playing,
            speed,
            violations: violations.collect(),
            linearizable: undecided.is_none().then_some(*picture.verdict == Verdict::Linearizable),
            undecided,
        }
    }

    /// A hash of the whole world, now.
    pub fn hash(&self) -> PageHash {
        self.with_world(|world| PageHash {
            time: world.now_us(),
            hash: format!("{:016x}", world.hash()),
        })
    }
}

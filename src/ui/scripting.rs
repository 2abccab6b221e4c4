//! What scripts ask of the player, through `window.raftarium`.

use serde::Serialize;

use crate::check::Verdict;
use crate::sim::View;

use super::platform::{api, dom};
use super::player::Player;
use crate::script::{Failure, Link, ParseError, Session};

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
        self.open(Session::open(text).map_err(|errors| ParseError::all(&errors))?);
        Ok(())
    }

    /// Goes to that moment, and stands there.
    pub fn seek(&self, time_us: f64) -> Result<(), String> {
        self.pause();
        let reached = self.with_session(|session| session.seek(time_us as u64));
        api::notify("seek", self.with_world(|world| world.now_us()));
        reached
    }

    /// The session as a script.
    pub fn script(&self) -> String {
        self.read_session(Session::text_to_here)
    }

    /// The address that shows this script at this moment.
    pub fn link(&self) -> Result<String, String> {
        let link = self.read_session(|session| Link {
            text: session.text(),
            time_us: session.world().now_us(),
        });
        link.fragment().map(|fragment| format!("{}#{fragment}", dom::address()))
    }

    /// Runs the script's flow to its end.
    pub fn run_to_end(&self) -> PageReport {
        self.pause();
        let report = self.with_session(Session::run_to_end);
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

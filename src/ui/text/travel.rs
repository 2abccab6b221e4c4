//! Texts about time travel and branches.

use super::moment;
use crate::script::{Aspect, Branch};
use crate::sim::Micros;

pub const PREVIOUS_EVENT: &str = "Previous event";
pub const JUMP_BACK: &str = "Jump back to the goal chosen beside the time slider";
pub const JUMP_AHEAD: &str = "Jump ahead to the goal chosen beside the time slider";
pub const FASTER: &str = "Faster";
pub const SLOWER: &str = "Slower";
pub const UNDO: &str = "Undo the last action";
pub const REDO: &str = "Redo the action";
pub const NEW_CLUSTER: &str = "New cluster";
pub const NOTHING_BEFORE: &str = "this is the start of the run: there is no earlier event";
pub const MOMENT_EXPECTED: &str = "a moment is a number with a unit, such as 1.5s or 350ms";

/// The value of the time slider.
pub fn of_run(now_us: Micros, end_us: Micros) -> String {
    format!("{} of {}", moment(now_us), moment(end_us))
}

/// A message of the simulator as a sentence.
pub fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    format!("{}{}.", first.map(String::from).unwrap_or_default(), letters.as_str())
}

/// An action in the past began a branch.
pub fn branched(original: &Branch) -> String {
    let name = original.name();
    format!("You changed the past. The original run is under Branches as “{name}”.")
}

pub fn returned(name: &str) -> String {
    format!("You are back in “{name}”.")
}

pub const BRANCHES_EMPTY: &str = "Go back in time and do something else there. The original run \
    is saved here, so that you can compare it and return to it.";

pub const OTHER_MOMENT: &str = "Go to another moment";

pub const COMPARE: &str = "Compare";
pub const COMPARE_MEANS: &str = "Run it again with one thing changed: same seed, same actions. \
    Both runs are drawn in the timeline, in step, and the first difference is marked.";
pub const COMPARE_SETTING: &str = "A setting";
pub const COMPARE_RULE: &str = "A rule";
pub const COMPARE_LINE: &str = "Any other setting, as in a script";

pub const FIRST_DIFFERENCE_BUTTON: &str = "First difference";
pub const TO_FIRST_DIFFERENCE: &str = "Go to the first difference between the two runs";
pub const NOTHING_COMPARED: &str = "no run is compared: choose Compare first";
pub const NO_DIFFERENCE: &str = "The two runs are the same so far.";

/// `first_us`: when the runs begin to differ, as far as they have come.
pub fn compared_with(name: &str, first_us: Option<Micros>) -> String {
    let differ = match first_us {
        Some(first_us) => format!("they differ from {} on", moment(first_us)),
        None => "so far they are the same".to_owned(),
    };
    format!("Below this run: the same with “{name}”; {differ}.")
}

/// The heading over the differences from another branch.
pub fn compared(now: &str, other: &str, differences: usize) -> String {
    let count = match differences {
        0 => "No difference".to_string(),
        1 => "1 difference".to_string(),
        _ => format!("{differences} differences"),
    };
    format!("{count} from “{other}” at {now}")
}

pub fn aspect(aspect: &Aspect) -> String {
    match aspect {
        Aspect::State => "state",
        Aspect::Term => "term",
        Aspect::Vote => "vote",
        Aspect::Log => "log",
        Aspect::Commit => "commit index",
        Aspect::Value(key) => return format!("value of {key}"),
    }
    .to_string()
}

/// The list of events begins here.
pub fn events_since(from_us: Micros) -> String {
    format!("Events before {} are not listed. Go back in time to see them.", moment(from_us))
}

/// An event of the future is selected.
pub fn to_come(id: u64) -> String {
    format!("Event {id} has not happened yet.")
}

//! Texts about the session as a script: saved, opened, shared, edited.

use super::moment;
use crate::sim::Micros;

pub const NOTHING_TO_UNDO: &str = "There is nothing to undo";
pub const NOTHING_TO_REDO: &str = "There is nothing to redo";
pub const SCRIPT_MEANS: &str = "Every action becomes a line. Click a line to change it.";
pub const SCRIPT_MOVED: &str = "The script has changed since you opened this editor. Apply again \
    to replace it with this text.";
pub const FILE_MEANS: &str = "The file holds the script with your actions: keep it, edit it, or \
    run it on the command line. To open a file, you can also drop it onto the page.";
pub const SCRIPT_EMPTY: &str = "The script is empty: a cluster with the default settings.";
pub const TRIGGER_MEANS: &str = "The action runs when the condition becomes true. The action \
    stop makes a breakpoint: time pauses there.";
pub const TRIGGER_EXPECTED: &str =
    "Enter a condition, such as leader s3, and an action, such as stop.";
pub const TRIGGER_SET: &str = "Trigger set. It is now a line of the script.";
pub const NEW_VERSION: &str = "A new version of Raftarium is ready. Your session stays.";
pub const RELOAD: &str = "Reload";
pub const SAVED_WRONG: &str = "Your last session cannot be opened.";
pub const SAVED_CRASHED: &str = "Raftarium crashed while restoring your last session, so it was \
    not reopened. Its script is below.";
pub const COPY_FAILED: &str =
    "The browser does not allow copying here. The link is selected: press Ctrl+C to copy it.";
pub const LINK_LONG: &str =
    "Some programs cut off links of more than 2,000 characters. A file is safer.";
/// From this length on a link may be cut off, in characters.
pub const LINK_LONG_LEN: usize = 2_000;
pub const ONE_FILE: &str = "You dropped several files. Drop one script at a time.";
pub const LINK_WRONG: &str = "This link cannot be opened. Nothing has changed.";
pub const OPENED_LINK: &str = "the shared script";
pub const OPENED_PREVIOUS: &str = "the previous session";
pub const OPENED_NEW: &str = "Opened a new cluster.";
pub const STARTED_OVER: &str = "The script starts over, without your actions.";

pub fn file_wrong(name: &str) -> String {
    format!("{name} cannot be opened. Nothing has changed.")
}

pub fn file_unreadable(name: &str) -> String {
    format!("{name} cannot be read. Is it a folder?")
}

pub fn file_not_text(name: &str) -> String {
    format!("{name} is not text. A script is a text file, such as crash.raft.")
}

/// Such a file cannot be a script.
pub fn file_not_script(name: &str, media_type: &str) -> String {
    format!("{name} is {media_type}. A script is a text file, such as crash.raft.")
}

pub fn file_too_large(name: &str, bytes: f64) -> String {
    let megabytes = bytes / 1_000_000.0;
    format!("{name} has {megabytes:.1} MB. A script has at most 1 MB.")
}

pub fn opened(name: &str, time_us: Micros) -> String {
    format!("Opened {name}, paused at {}.", moment(time_us))
}

pub fn restored(time_us: Micros) -> String {
    let time = moment(time_us);
    format!("This is your last session, paused at {time}. Play resumes it, New starts over.")
}

pub fn undone(title: &str) -> String {
    format!("Undone: {title}. Redo does it again.")
}

pub fn redone(title: &str) -> String {
    format!("Redone: {title}.")
}

/// A statement of the script paused time.
pub fn breakpoint(line: u32, statement: Option<&str>) -> String {
    match statement {
        Some(statement) => format!("Paused by line {line}: {statement}. Play resumes."),
        None => "Paused. Play resumes.".to_owned(),
    }
}

pub fn removed(number: u32) -> String {
    format!("Removed line {number}. Undo restores it.")
}

/// Lines that are not listed, `before` or `after` the others.
pub fn unlisted(count: usize, side: &str) -> String {
    format!("{count} lines {side} these. Edit as text shows all lines.")
}

/// The browser does not tell whether it saved the file.
pub fn saved(name: &str) -> String {
    format!("The browser downloads {name}.")
}

pub fn no_link(error: &str) -> String {
    format!("This script has no link: {error}.")
}

/// A seek ended early.
pub fn too_far(to_us: Micros, now_us: Micros) -> String {
    format!("Stopped at {}: too many events before {}.", moment(now_us), moment(to_us))
}

pub fn link_shows(time_us: Micros, characters: usize) -> String {
    let time = moment(time_us);
    format!(
        "The link shows this script, paused at {time}. It holds the whole script in {characters} \
         characters: nothing is stored anywhere else."
    )
}

/// The heading over the script that leads to a violation.
pub fn script_so_far(actions: usize) -> String {
    match actions {
        0 => "The script so far".to_owned(),
        1 => "The script so far: 1 action".to_owned(),
        _ => format!("The script so far: {actions} actions"),
    }
}

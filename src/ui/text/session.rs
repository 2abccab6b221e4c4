//! What is said of the session as a script: kept, opened, shared, taken back.

use crate::sim::Micros;

use super::moment;

/// Nothing can be undone.
pub const NOTHING_TO_UNDO: &str = "Nothing was done by hand, and no line was changed";
/// Nothing can be done again.
pub const NOTHING_TO_REDO: &str = "Nothing was taken back";
/// What lists the lines.
pub const SCRIPT_MEANS: &str = "What you do becomes a line. Click a line to change it.";
/// The script was changed while its text was edited.
pub const SCRIPT_MOVED: &str = "The script has gone on since: what was done meanwhile is not in this text. Apply again to put this in its place.";
/// What a file is good for.
pub const FILE_MEANS: &str = "The script with all that you did, to keep, to edit, or to run on the command line. A file can also be dropped onto the page.";
/// A script without lines.
pub const SCRIPT_EMPTY: &str = "The script is empty: a cluster with the usual settings.";
/// What a trigger is.
pub const TRIGGER_MEANS: &str =
    "Done when the condition becomes true. stop is a breakpoint: time stands still there.";
/// A part of the trigger is missing.
pub const TRIGGER_EXPECTED: &str =
    "Give a condition, such as leader s3, and an action, such as stop.";
/// A trigger is set.
pub const TRIGGER_SET: &str = "Set. It is a line of the script now.";
/// What was kept, could not be opened.
pub const SAVED_WRONG: &str = "Your last session cannot be opened any more.";
/// The page broke down with what was kept.
pub const SAVED_CRASHED: &str =
    "The page did not get over your last session, so it was not opened again. Its script is below.";
/// What cannot be copied, is selected.
pub const COPY_BY_HAND: &str =
    "The browser does not allow copying here. The link is selected: copy it with Ctrl+C.";
/// A link that some programs cut.
pub const LINK_LONG: &str =
    "Over 2,000 characters: some programs cut such links. The file is safer.";
/// How long such a link is, in characters.
pub const LINK_LONG_LEN: usize = 2_000;
/// More than one file was dropped.
pub const ONE_FILE: &str = "One script at a time, please: several files were dropped.";
/// A link that is none.
pub const LINK_WRONG: &str = "This link cannot be shown. Nothing was changed.";
/// A link was opened.
pub const OPENED_LINK: &str = "A shared script";
/// The name of the previous session where it is opened again.
pub const OPENED_PREVIOUS: &str = "What was there";
/// A fresh cluster.
pub const OPENED_NEW: &str = "A fresh cluster.";

/// A file that cannot be opened.
pub fn file_wrong(name: &str) -> String {
    format!("{name} cannot be opened. Nothing was changed.")
}

/// A file cannot be read at all.
pub fn file_unreadable(name: &str) -> String {
    format!("{name} cannot be read. Is it a folder?")
}

/// What was in the file is no text.
pub fn file_not_text(name: &str) -> String {
    format!("{name} is no text. A script is a text file, such as crash.raft.")
}

/// Something was opened and stands at that moment.
pub fn opened(name: &str, time_us: Micros) -> String {
    format!("{name}, at {}, paused.", moment(time_us))
}

/// The session of last time is there again.
pub fn restored(time_us: Micros) -> String {
    format!(
        "This is your last session, at {}, paused. Play goes on, New starts afresh.",
        moment(time_us)
    )
}

/// What was taken back, or done again.
pub fn undone(title: &str) -> String {
    format!("Taken back: {title}. Redo does it again.")
}

/// What was done again.
pub fn redone(title: &str) -> String {
    format!("Done again: {title}.")
}

/// The script asked to stop.
pub fn breakpoint(line: u32, what: Option<&str>) -> String {
    match what {
        Some(what) => format!("Stopped by line {line}: {what}. Play goes on."),
        None => "Stopped. Play goes on.".to_owned(),
    }
}

/// A line was taken out.
pub fn removed(number: u32) -> String {
    format!("Line {number} is removed. Undo brings it back.")
}

/// Lines that are not listed.
pub fn unlisted(count: usize, side: &str) -> String {
    format!("{count} lines {side} these. Edit as text shows them all.")
}

/// A file is saved, as far as one can know.
pub fn saved(name: &str) -> String {
    format!("Given to the browser to save: {name}.")
}

/// Why there is no link.
pub fn no_link(error: &str) -> String {
    format!("There is no link: {error}.")
}

/// A changed script cannot come to where the old one was.
pub fn too_far(was_us: Micros, now_us: Micros) -> String {
    format!("Too much happens up to {}: this is {}.", moment(was_us), moment(now_us))
}

/// What a link shows, and how long it is.
pub fn link_shows(time_us: Micros, letters: usize) -> String {
    format!(
        "It shows this script at {}, paused. {letters} characters; nothing is stored anywhere else.",
        moment(time_us)
    )
}

/// The script that leads to a violation.
pub fn script_so_far(acts: usize) -> String {
    match acts {
        0 => "The script so far".to_owned(),
        1 => "What you did so far: 1 act".to_owned(),
        acts => format!("What you did so far: {acts} acts"),
    }
}

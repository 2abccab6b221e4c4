//! Texts of the galleries of scenarios, lessons and challenges.

use crate::ui::progress::StoryProgress;
use crate::ui::state::Section;

pub const SECTIONS: &str = "Sections";
pub const NOTHING_FOUND: &str = "Nothing matches. Try another word, such as “election”.";
pub const LOADING: &str = "Loading…";

pub fn lab_not_loaded(error: &str) -> String {
    format!("The lab could not be loaded: {error}. Check your connection.")
}

pub fn section(section: Section) -> &'static str {
    match section {
        Section::Sandbox => "Sandbox",
        Section::Scenarios => "Scenarios",
        Section::Lessons => "Lessons",
        Section::Challenges => "Challenges",
        Section::Lab => "Lab",
    }
}

pub fn section_means(section: Section) -> &'static str {
    match section {
        Section::Sandbox => "",
        Section::Scenarios => {
            "Each shows one thing that Raft does, or fails to do without a rule. Time waits at \
             each step."
        }
        Section::Lessons => {
            "A course in Raft. You predict what happens, see it, and reach a goal at the end."
        }
        Section::Challenges => {
            "Each sets a goal and limits your tools. Some cannot be won: then say so, and you have \
             won."
        }
        Section::Lab => {
            "Many runs of Raft, each with a seed of its own, and what they measured: beside what \
             was published, or of a script of yours."
        }
    }
}

pub fn search_in(section: Section) -> &'static str {
    match section {
        Section::Lessons => "Search lessons",
        Section::Challenges => "Search challenges",
        _ => "Search scenarios",
    }
}

/// The folders of scripts with their titles, in the order of the galleries.
pub const TOPICS: [(&str, &str); 18] = [
    ("lessons", ""),
    ("basics", "Basics"),
    ("elections", "Elections"),
    ("logs", "Logs"),
    ("paper", "Figures of the paper"),
    ("broken", "What each rule is for"),
    ("proofs", "Prove it or refute it"),
    ("indexes", "Eight statements about indexes"),
    ("timing", "Timing"),
    ("network", "Network"),
    ("faults", "Faults"),
    ("disks", "Disks"),
    ("clients", "Clients"),
    ("membership", "Membership"),
    ("membership-2015", "The membership bug of 2015"),
    ("extensions", "Extensions"),
    ("decisions", "You decide"),
    ("study", "Questions of an exam"),
];

/// The title of the scripts in a folder.
pub fn folder(folder: &str) -> &str {
    let name = folder.rsplit_once('/').map_or(folder, |(_, name)| name);
    TOPICS.iter().find(|(topic, _)| *topic == name).map_or(name, |(_, title)| title)
}

pub fn progress(progress: &StoryProgress) -> String {
    match progress.is_done {
        true => "✓ done".to_owned(),
        false if progress.count == 1 => "begun".to_owned(),
        false => format!("step {} of {}", progress.step, progress.count),
    }
}

pub fn continues(title: &str, step: usize) -> String {
    format!("“{title}” continues at step {step}. Reset starts it over.")
}

pub fn story_wrong(title: &str) -> String {
    format!("“{title}” cannot be opened.")
}

pub const CATALOGUE_WRONG: &str = "The list cannot be fetched.";

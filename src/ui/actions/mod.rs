//! Everything that a person can do on the page, as one list: the palette searches it, and the keys
//! are part of it. A new feature adds its actions here.

mod keys;
mod language;
mod page_command;
mod presenter_keys;
mod search;
mod sections;

pub use keys::{KEY_SECTIONS, KeyRow, SHORTCUTS, Shortcut, key_of, shortcut};
pub use page_command::PageCommand;
pub use presenter_keys::presenter_key;
pub use search::best_matches;
pub use sections::page_actions;

/// Something that a person can do, as the palette lists it.
#[derive(Clone, Debug, PartialEq)]
pub struct PageAction {
    pub name: String,
    /// What it does, and words that people may search for.
    pub means: String,
    pub section: ActionSection,
    pub command: PageCommand,
    /// Why it cannot be done now.
    pub unavailable: Option<String>,
}

impl PageAction {
    pub fn new(section: ActionSection, name: impl Into<String>, command: PageCommand) -> Self {
        let (means, unavailable) = (String::new(), None);
        PageAction { name: name.into(), means, section, command, unavailable }
    }

    pub fn meaning(self, means: impl Into<String>) -> PageAction {
        PageAction { means: means.into(), ..self }
    }

    /// Unavailable with that reason, if there is one.
    pub fn unless(self, reason: Option<&str>) -> PageAction {
        PageAction { unavailable: reason.map(str::to_owned), ..self }
    }
}

/// What an action is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionSection {
    Time,
    Cluster,
    Network,
    Rules,
    Page,
    Language,
    Glossary,
}

impl ActionSection {
    pub fn title(self) -> &'static str {
        match self {
            ActionSection::Time => "Time",
            ActionSection::Cluster => "Cluster",
            ActionSection::Network => "Network",
            ActionSection::Rules => "Rules",
            ActionSection::Page => "Page",
            ActionSection::Language => "Console",
            ActionSection::Glossary => "Glossary",
        }
    }
}

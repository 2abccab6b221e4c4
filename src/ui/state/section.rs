//! The sections of the page.

use crate::ui::catalogue::CatalogueEntry;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// The cluster of the person.
    #[default]
    Sandbox,
    Scenarios,
    Lessons,
    /// Experiments on many clusters.
    Lab,
}

impl Section {
    /// From left to right.
    pub const ALL: [Section; 4] =
        [Section::Sandbox, Section::Scenarios, Section::Lessons, Section::Lab];

    /// The gallery that lists the script.
    pub fn of(entry: &CatalogueEntry) -> Section {
        match entry.path.starts_with("lessons/") {
            true => Section::Lessons,
            false => Section::Scenarios,
        }
    }
}

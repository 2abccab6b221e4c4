//! The sections of the page.

use crate::ui::catalogue::CatalogueEntry;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// The cluster of the person.
    #[default]
    Sandbox,
    Scenarios,
    Lessons,
    Challenges,
    /// Experiments on many clusters.
    Lab,
}

impl Section {
    /// From left to right.
    pub const ALL: [Section; 5] =
        [Section::Sandbox, Section::Scenarios, Section::Lessons, Section::Challenges, Section::Lab];

    /// The gallery that lists the script.
    pub fn of(entry: &CatalogueEntry) -> Section {
        match entry.path.split('/').next() {
            Some("lessons") => Section::Lessons,
            Some("challenges") => Section::Challenges,
            _ => Section::Scenarios,
        }
    }
}

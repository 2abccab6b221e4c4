//! The panels beside the stage: the same cluster as tables and text, and the banners above it.

mod branches;
mod clients;
mod console;
mod events;
mod explanation;
mod inspector;
mod line_form;
mod logs;
mod rules;
mod script;
mod servers;
mod session_banner;
mod stores;
mod tabs;
mod transcript;
mod violation_banner;

pub use events::EventsPanel;
pub use logs::{LogTableRow, LogsPanel};
pub use rules::RulesPanel;
pub use session_banner::SessionBanner;
pub use tabs::TabbedPanels;
pub use transcript::Transcript;
pub use violation_banner::ViolationBanner;

//! What stands beside the stage: the same cluster as tables and text.

mod branches;
mod clients;
mod command_line;
mod console;
mod editors;
mod events;
mod line;
mod logs;
mod script;
mod servers;
mod stores;
mod suggestions;
mod tabs;
mod talk;
mod tell;
mod trigger;
mod violation;
mod why;

pub use logs::LogsProps;
pub use servers::ServerTableProps;
pub use tabs::PanelsProps;
pub use tell::TellProps;
pub use violation::ViolationProps;

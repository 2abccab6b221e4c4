//! What stands beside the stage: the same cluster as tables and text.

mod clients;
mod console;
mod events;
mod logs;
mod servers;
mod stores;
mod tabs;
mod violation;
mod why;

pub use logs::Logs;
pub use servers::ServerTable;
pub use tabs::Panels;
pub use violation::Violation;

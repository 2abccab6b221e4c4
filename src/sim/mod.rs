//! The deterministic simulator.
mod act;
mod settings;
mod time;
pub use act::*;
pub use settings::*;
pub use time::*;

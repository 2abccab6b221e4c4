//! A run as a text for other programs: the same for the page and for the command line.
//!
//! - `replay`: runs a script again from its start, with everything recorded.
//! - `mermaid`: a sequence diagram.
//! - `shiviz`: a log with vector clocks.
//! - `picture`: SVG.

mod mermaid;
pub mod picture;
mod replay;
mod shiviz;

pub use mermaid::{MERMAID_LEN_MAX, MermaidOptions, mermaid};
pub use replay::{ExportError, ExportedRun};
pub use shiviz::{SHIVIZ_PARSER, shiviz};

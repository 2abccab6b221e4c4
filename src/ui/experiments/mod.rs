//! Experiments of the lab, in workers: the page stays at its pace.
//!
//! The page posts an [`ExperimentForm`] as a text to each worker, and then batches of trials, one
//! after the other. A worker answers with what each batch measured. A batch is the same in every
//! worker and in `raftarium lab`. To cancel, the page ends the workers.

mod form;
mod messages;
mod running;
mod serve;

pub use form::{ExperimentForm, ExperimentKind};
pub use messages::{LabReport, LabRequest};
pub use running::{LabProgress, RunningExperiment};
pub use serve::{LabWorker, answer};

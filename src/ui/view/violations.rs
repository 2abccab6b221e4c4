//! The violations of the safety properties.

use crate::check::Cluster;
use crate::sim::Micros;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViolationModel {
    /// The property's name in the language.
    pub property: &'static str,
    /// What the property says.
    pub statement: &'static str,
    pub time_us: Micros,
    /// The event after which the check failed.
    pub event: u64,
    /// What was found, with the numbers.
    pub text: String,
}

pub(super) fn models(cluster: &Cluster) -> Vec<ViolationModel> {
    cluster
        .violations()
        .iter()
        .map(|violation| ViolationModel {
            property: violation.property.name(),
            statement: violation.property.statement(),
            time_us: violation.time_us,
            event: violation.event,
            text: violation.text.clone(),
        })
        .collect()
}

//! Partitions that are worth a look, by name.

use crate::raft::{ServerId, ServerSet};
use crate::ui::text;

/// A partition by name: its groups, or why it is not possible now.
pub struct PartitionPreset {
    pub name: &'static str,
    pub groups: Result<Vec<ServerSet>, &'static str>,
}

/// For these servers, of which one may lead.
pub fn partition_presets(servers: ServerSet, leader: Option<ServerId>) -> Vec<PartitionPreset> {
    // The leader with the next servers of the ring: `count` servers in total.
    let leader_and = |count: usize| match leader {
        _ if count >= servers.len() => Err(text::PARTITION_TOO_FEW),
        None => Err(text::PARTITION_NO_LEADER),
        Some(leader) => {
            let after = servers.iter().filter(|id| *id > leader);
            let ring = after.chain(servers.iter().filter(|id| *id < leader));
            let group: ServerSet = [leader].into_iter().chain(ring.take(count - 1)).collect();
            Ok(vec![group, servers.difference(group)])
        }
    };
    let preset = |name, groups| PartitionPreset { name, groups };
    vec![
        preset(text::PRESET_ISOLATE, leader_and(1)),
        preset(text::PRESET_LEADER_AND_ONE, leader_and(2)),
        preset(text::PRESET_LEADER_AND_MAJORITY, leader_and(servers.len() / 2 + 1)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The groups of each preset, as text.
    fn presets(servers: usize, leader: Option<usize>) -> Vec<String> {
        let leader = leader.and_then(ServerId::new);
        let presets = partition_presets(ServerSet::first(servers), leader);
        let shown = presets.into_iter().map(|preset| match preset.groups {
            Ok(groups) => text::groups(groups),
            Err(reason) => reason.to_owned(),
        });
        shown.collect()
    }

    #[test]
    fn presets_follow_the_leader_around_the_ring() {
        assert_eq!(
            presets(5, Some(4)),
            ["S4  |  S1–S3, S5", "S4, S5  |  S1–S3", "S1, S4, S5  |  S2, S3"]
        );
    }

    #[test]
    fn a_preset_that_is_not_possible_says_why() {
        assert_eq!(presets(5, None), [text::PARTITION_NO_LEADER; 3]);
        assert_eq!(presets(2, Some(1))[1], text::PARTITION_TOO_FEW);
        assert_eq!(presets(1, Some(1)), [text::PARTITION_TOO_FEW; 3]);
    }
}

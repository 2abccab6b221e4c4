//! The adaptive pace: slow while votes and new entries fly, quick through idle heartbeats.
//!
//! It only decides how much real time simulated time takes, so it changes nothing that happens.

use crate::raft::{AppendOutcome, Body, Message};
use crate::sim::World;

/// The factor while nothing but heartbeats is on the way.
pub const ROUTINE: f64 = 1.6;
/// The factor while votes, new entries or requests fly.
const DECISIVE: f64 = 0.75;

/// The factor for the chosen speed.
pub fn factor(world: &World) -> f64 {
    let decisive = world.in_flight().any(|flight| is_decisive(&flight.message, world));
    if decisive { DECISIVE } else { ROUTINE }
}

/// Whether the message may change a role, a vote, a log or a commit index.
fn is_decisive(message: &Message, world: &World) -> bool {
    match &message.body {
        Body::Append(append) => !append.entries.is_empty(),
        Body::AppendReply { outcome: AppendOutcome::Matched { index }, .. } => {
            let (Some(leader), Some(follower)) = (message.to.server(), message.from.server())
            else {
                return false;
            };
            let known = world.server(leader).node().progress(follower);
            known.is_some_and(|known| known.match_index < *index)
        }
        _ => true,
    }
}

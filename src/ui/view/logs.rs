//! The part of the logs that is in view. It is a window of columns, so that a long log costs no
//! more than a short one.

use crate::raft::{Index, Node, ServerId, Term};
use crate::sim::World;
use crate::ui::state::LogWindow;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogCell {
    pub term: Term,
    pub command: String,
    /// This server knows that the entry is committed.
    pub committed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    pub server: ServerId,
    /// The server is down: this is what its disk holds.
    pub crashed: bool,
    /// The markers are this server's view.
    pub leads: bool,
    /// One for each column; none if the log has no such entry.
    pub cells: Vec<Option<LogCell>>,
    /// The last index that the snapshot replaces.
    pub snapshot: Index,
    /// The leader's next index for this server.
    pub next_index: Option<Index>,
    /// The leader's match index for this server.
    pub match_index: Option<Index>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogsModel {
    /// The index of the first column.
    pub first: Index,
    /// The number of columns.
    pub count: usize,
    /// The index of the last entry of the longest log.
    pub last: Index,
    /// The server whose view the markers are.
    pub leader: Option<ServerId>,
    pub rows: Vec<LogRow>,
}

pub(super) fn model(world: &World, window: LogWindow) -> LogsModel {
    let last = world.server_ids().iter().map(|id| log_end(world, id)).max().unwrap_or(0);
    // An empty column after the end shows the next index.
    let end_window = (last + 2).saturating_sub(window.count as Index).max(1);
    let first = window.first.unwrap_or(end_window).clamp(1, last.max(1));
    let leader = world.leader();
    let rows =
        world.server_ids().iter().map(|id| row(world, id, leader, first, window.count)).collect();
    LogsModel { first, count: window.count, last, leader, rows }
}

fn log_end(world: &World, id: ServerId) -> Index {
    world.server(id).node().log().last_index()
}

fn row(
    world: &World,
    id: ServerId,
    leader: Option<ServerId>,
    first: Index,
    count: usize,
) -> LogRow {
    let server = world.server(id);
    let node = server.node();
    let progress = leader.and_then(|leader| world.server(leader).node().progress(id));
    let progress = progress.filter(|_| leader != Some(id));
    LogRow {
        server: id,
        crashed: !server.is_alive(),
        leads: leader == Some(id),
        cells: (first..first + count as Index).map(|index| cell(node, index)).collect(),
        snapshot: node.log().snapshot_index(),
        next_index: progress.map(|progress| progress.next_index),
        match_index: progress.map(|progress| progress.match_index),
    }
}

fn cell(node: &Node, index: Index) -> Option<LogCell> {
    let entry = node.log().entry(index)?;
    Some(LogCell {
        term: entry.term,
        command: entry.command.to_string(),
        committed: index <= node.commit_index(),
    })
}

//! The part of the logs that is in view. It is a window of columns, so that a long log costs no
//! more than a short one.

use crate::raft::{Command, Index, Node, ServerId, Term};
use crate::sim::{Micros, World};
use crate::ui::state::LogWindow;

use super::copies::{VoterGroup, copies};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogCell {
    pub term: Term,
    pub command: Command,
    pub knowledge: CommitKnowledge,
}

/// Whether an entry is committed, and whether its server knows that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitKnowledge {
    /// This server knows that the entry is committed.
    Known,
    /// Another server knows it. After a crash a server has forgotten its commit index.
    Elsewhere,
    /// No running server knows that it is committed.
    Nobody,
}

/// An entry that was just removed from the end of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TruncatedEntry {
    /// Until when it stays in view, in simulated time.
    pub until_us: Micros,
    pub index: Index,
    pub term: Term,
    pub command: Command,
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
    /// Entries in view that a leader's entries have just replaced.
    pub truncated: Vec<TruncatedEntry>,
    /// The last index that the snapshot replaces.
    pub snapshot: Index,
    /// The first keys that the snapshot holds; empty unless it is in view.
    pub snapshot_holds: String,
    /// The leader's next index for this server.
    pub next_index: Option<Index>,
    /// The leader's match index for this server.
    pub match_index: Option<Index>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogsModel {
    /// The index of the first column.
    pub first: Index,
    /// The number of columns in view.
    pub count: usize,
    /// The number of columns of the whole table: the entries, and a few empty ones.
    pub columns: Index,
    /// The index of the last entry of the longest log.
    pub last: Index,
    /// The server whose view the markers are.
    pub leader: Option<ServerId>,
    /// The leader's first entry that is not committed.
    pub open: Option<OpenEntry>,
    pub rows: Vec<LogRow>,
}

/// An entry that is not committed: how many servers of how many have it, and how many it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenEntry {
    pub index: Index,
    pub have: usize,
    pub needed: usize,
    pub of: usize,
}

/// The empty columns after the longest log, where the next entries will stand.
const EMPTY_AFTER: Index = 2;
/// The least number of columns, where so many are in view.
const COLUMNS_MIN: Index = 6;
/// The most keys of a snapshot that its cell lists.
const KEYS_MAX: usize = 6;

pub(super) fn model(world: &World, window: LogWindow) -> LogsModel {
    let last = world.server_ids().iter().map(|id| log_end(world, id)).max().unwrap_or(0);
    // Where there is little room, entries come before empty columns.
    let empty = if window.whole < COLUMNS_MIN { 1 } else { EMPTY_AFTER };
    let columns = (last + empty).max(COLUMNS_MIN.min(window.whole));
    let end_window = (columns + 1).saturating_sub(window.count as Index).max(1);
    let first = window.first.unwrap_or(end_window).clamp(1, last.max(1));
    let count = window.count.min((columns + 1 - first) as usize);
    let leader = world.leader();
    let rows = world.server_ids().iter().map(|id| row(world, id, leader, first, count)).collect();
    let open = leader.and_then(|leader| open_entry(world, leader));
    LogsModel { first, count, columns, last, leader, open, rows }
}

fn open_entry(world: &World, leader: ServerId) -> Option<OpenEntry> {
    let node = world.server(leader).node();
    let index = node.commit_index() + 1;
    let entry = node.log().entry(index)?;
    let copies = copies(world, leader, index, entry.term);
    let short = copies.groups.iter().find(|group| group.have < group.needed);
    let VoterGroup { have, needed, of } = *short.or(copies.groups.first())?;
    Some(OpenEntry { index, have, needed, of })
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
        cells: (first..first + count as Index).map(|index| cell(world, node, index)).collect(),
        truncated: Vec::new(),
        snapshot: node.log().snapshot_index(),
        snapshot_holds: snapshot_holds(node, first),
        next_index: progress.map(|progress| progress.next_index),
        match_index: progress.map(|progress| progress.match_index),
    }
}

/// The first keys of a snapshot that reaches to the first column: `x=3 y=4`.
fn snapshot_holds(node: &Node, first: Index) -> String {
    let Some(snapshot) = node.log().snapshot().filter(|known| known.last_index >= first) else {
        return String::new();
    };
    let values = snapshot.store.values();
    let pair = |(key, value): (&String, &String)| format!("{key}={value}");
    let listed: Vec<String> = values.iter().take(KEYS_MAX).map(pair).collect();
    let more = if values.len() > KEYS_MAX { " …" } else { "" };
    format!("{}{more}", listed.join(" "))
}

fn cell(world: &World, node: &Node, index: Index) -> Option<LogCell> {
    let entry = node.log().entry(index)?;
    let knowledge = if index <= node.commit_index() {
        CommitKnowledge::Known
    } else if is_committed_elsewhere(world, index, entry.term) {
        CommitKnowledge::Elsewhere
    } else {
        CommitKnowledge::Nobody
    };
    Some(LogCell { term: entry.term, command: entry.command.clone(), knowledge })
}

/// Whether a server knows that an entry of that index and term is committed.
fn is_committed_elsewhere(world: &World, index: Index, term: Term) -> bool {
    world.servers().iter().any(|server| {
        let node = server.node();
        index <= node.commit_index() && node.log().term_at(index) == Some(term)
    })
}

/// Notes the entries of `before` that `now` no longer has, unless they were compacted. They stay
/// for `linger_us`.
pub(super) fn note_truncated(
    now: &mut LogsModel,
    before: &LogsModel,
    now_us: Micros,
    linger_us: Micros,
) {
    let until_us = now_us + linger_us;
    for row in &mut now.rows {
        let Some(old) = before.rows.iter().find(|old| old.server == row.server) else { continue };
        let lingers = |entry: &&TruncatedEntry| (now_us + 1..=until_us).contains(&entry.until_us);
        row.truncated.extend(old.truncated.iter().filter(lingers).cloned());
        for (index, cell) in (before.first..).zip(&old.cells) {
            let Some(cell) = cell.as_ref().filter(|_| index > row.snapshot) else { continue };
            let Some(place) = index.checked_sub(now.first) else { continue };
            let Some(new) = row.cells.get(place as usize) else { continue };
            if new.as_ref().is_none_or(|new| new.term != cell.term) {
                let (term, command) = (cell.term, cell.command.clone());
                row.truncated.retain(|entry| entry.index != index);
                row.truncated.push(TruncatedEntry { until_us, index, term, command });
            }
        }
    }
}

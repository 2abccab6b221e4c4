//! The clients' history on an axis of time: a bar for each operation from its invocation to its
//! response, the one that fits no order, and the write that proves it stale.

use crate::check::{Evidence, Unexplained, Verdict};
use crate::raft::ClientId;
use crate::script::Session;
use crate::sim::{Micros, Operation};

use super::clients::{OperationModel, operation_model};

/// The newest operations that are drawn. More would be too small to read.
const BARS_MAX: usize = 40;
/// The most marks on the axis.
const TICKS_MAX: u64 = 8;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryModel {
    /// Where the axis begins and ends, at a tick each.
    pub from_us: Micros,
    pub until_us: Micros,
    /// From tick to tick.
    pub tick_us: Micros,
    /// One for each client with operations.
    pub clients: Vec<ClientHistory>,
    /// The number of older operations that are not drawn.
    pub omitted: usize,
    /// Why the history is not linearizable.
    pub contradiction: Option<Contradiction>,
    pub verdict: Verdict,
}

/// A client's bars, in as many lanes as it has operations at the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientHistory {
    pub client: ClientId,
    pub lanes: usize,
    pub bars: Vec<OperationBar>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationBar {
    pub operation: OperationModel,
    /// The number of the row, from 0 on.
    pub lane: usize,
    /// Its response, or the present where it has none.
    pub until_us: Micros,
    pub mark: BarMark,
}

/// What a bar has to do with a violation of linearizability.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarMark {
    None,
    /// Its answer fits no order of the operations.
    FitsNoOrder,
    /// The newest write that certainly took effect before.
    ProvesStale,
}

/// An answer that fits no order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// In a sentence without a full stop.
    pub text: String,
    /// The time of the response of the write that proves the answer stale.
    pub written_us: Option<Micros>,
}

impl HistoryModel {
    /// Where a moment is on the axis: 0 at its beginning, 1 at its end.
    pub fn share(&self, time_us: Micros) -> f64 {
        let length_us = self.until_us.saturating_sub(self.from_us).max(1);
        time_us.saturating_sub(self.from_us) as f64 / length_us as f64
    }

    /// The moments of the ticks.
    pub fn ticks_us(&self) -> impl Iterator<Item = Micros> {
        (self.from_us..=self.until_us).step_by(self.tick_us.max(1) as usize)
    }
}

pub(super) fn model(session: &Session) -> HistoryModel {
    let world = session.world();
    let unexplained =
        session.cluster().violations().iter().find_map(|violation| match &violation.evidence {
            Evidence::NoOrder(unexplained) => Some(&**unexplained),
            _ => None,
        });
    let all = || {
        let clients = world.clients().iter();
        clients.flat_map(|client| client.operations().iter().map(move |one| (client.id(), one)))
    };
    let count = all().count();
    let mut shown: Vec<(ClientId, &Operation)> =
        all().map(|(client, one)| (client, &**one)).collect();
    // The marked ones come first, whatever their age, then the newest.
    shown.sort_by_key(|(client, one)| {
        let marked = mark(unexplained, *client, one.serial()) != BarMark::None;
        (!marked, std::cmp::Reverse(one.invoked_us))
    });
    shown.truncate(BARS_MAX);
    shown.sort_by_key(|(client, one)| (*client, one.invoked_us, one.serial()));
    let now_us = world.now_us();
    let mut clients: Vec<ClientHistory> = Vec::new();
    for (client, one) in &shown {
        let mark = mark(unexplained, *client, one.serial());
        let bar = OperationBar {
            operation: operation_model(one, mark == BarMark::FitsNoOrder),
            lane: 0,
            until_us: one.answered.as_ref().map_or(now_us, |(at_us, _)| *at_us),
            mark,
        };
        match clients.last_mut() {
            Some(last) if last.client == *client => last.bars.push(bar),
            _ => clients.push(ClientHistory { client: *client, lanes: 0, bars: vec![bar] }),
        }
    }
    clients.iter_mut().for_each(ClientHistory::assign_lanes);
    let bars = || clients.iter().flat_map(|client| &client.bars);
    let first_us = bars().map(|bar| bar.operation.invoked_us).min().unwrap_or(now_us);
    let last_us = bars().map(|bar| bar.until_us).max().unwrap_or(now_us);
    let tick_us = tick_us(last_us.saturating_sub(first_us));
    let contradiction = unexplained.map(|unexplained| {
        let write = unexplained.write.as_ref();
        let write =
            write.and_then(|write| world.clients()[write.client.slot()].operation(write.serial));
        let answered = write.and_then(|write| write.answered.as_ref());
        Contradiction {
            text: unexplained.text.clone(),
            written_us: answered.map(|(at_us, _)| *at_us),
        }
    });
    HistoryModel {
        from_us: first_us / tick_us * tick_us,
        until_us: (last_us / tick_us + 1) * tick_us,
        tick_us,
        omitted: count - shown.len(),
        clients,
        contradiction,
        verdict: session.cluster().verdict(),
    }
}

fn mark(unexplained: Option<&Unexplained>, client: ClientId, serial: u64) -> BarMark {
    let Some(unexplained) = unexplained else { return BarMark::None };
    if (unexplained.operation.client, unexplained.operation.serial) == (client, serial) {
        return BarMark::FitsNoOrder;
    }
    match &unexplained.write {
        Some(write) if (write.client, write.serial) == (client, serial) => BarMark::ProvesStale,
        _ => BarMark::None,
    }
}

impl ClientHistory {
    /// Places each bar in the first lane that is free when it begins.
    fn assign_lanes(&mut self) {
        let mut free_from_us: Vec<Micros> = Vec::new();
        for bar in &mut self.bars {
            let from_us = bar.operation.invoked_us;
            let lane = free_from_us.iter().position(|free_us| *free_us <= from_us);
            bar.lane = lane.unwrap_or(free_from_us.len());
            match lane {
                Some(lane) => free_from_us[lane] = bar.until_us,
                None => free_from_us.push(bar.until_us),
            }
        }
        self.lanes = free_from_us.len();
    }
}

/// 1, 2 or 5 times a power of ten, so that at most [`TICKS_MAX`] fit into the length.
fn tick_us(length_us: Micros) -> Micros {
    let steps =
        (0..).map(|power| 10_u64.pow(power)).flat_map(|power| [power, 2 * power, 5 * power]);
    let mut steps = steps.skip_while(|step| length_us / step + 2 > TICKS_MAX);
    steps.next().expect("a power of ten above any length")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(script: &str) -> HistoryModel {
        let mut session = Session::open(script).expect("a script");
        session.finish();
        model(&session)
    }

    #[test]
    fn operations_of_one_time_get_lanes_of_their_own() {
        let history = history("latency 10ms\nwait leader\nset x 1\nset y 2\nrun 500ms\nget x\n");
        let [client] = &*history.clients else { panic!("one client: {history:?}") };
        let lanes: Vec<usize> = client.bars.iter().map(|bar| bar.lane).collect();
        assert_eq!((lanes, client.lanes), (vec![0, 1, 0], 2));
        assert_eq!(client.bars[2].until_us, client.bars[2].operation.invoked_us);
    }

    #[test]
    fn the_axis_begins_and_ends_at_a_tick_and_holds_every_bar() {
        let history = history("clients 3\nwait leader\nload 50/s\nrun 2s\n");
        assert!(history.omitted > 0);
        let ticks: Vec<Micros> = history.ticks_us().collect();
        assert_eq!(ticks.last(), Some(&history.until_us));
        assert!(ticks.len() as u64 <= TICKS_MAX + 1, "{ticks:?}");
        for bar in history.clients.iter().flat_map(|client| &client.bars) {
            assert!(history.from_us <= bar.operation.invoked_us && bar.until_us < history.until_us);
        }
    }

    #[test]
    fn a_stale_read_and_the_write_that_proves_it_are_marked() {
        let script = include_str!("../../../scenarios/broken/read-quorum.raft");
        let history = history(script);
        let contradiction = history.contradiction.expect("the scenario breaks linearizability");
        let bars = || history.clients.iter().flat_map(|client| &client.bars);
        let one = |mark| bars().find(|bar| bar.mark == mark).expect("a marked bar");
        let (read, write) = (one(BarMark::FitsNoOrder), one(BarMark::ProvesStale));
        assert!(read.operation.fits_no_order);
        assert!(read.operation.command.starts_with("get "));
        assert_eq!(contradiction.written_us, Some(write.until_us));
        assert!(write.until_us <= read.operation.invoked_us);
    }
}

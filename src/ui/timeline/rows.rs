//! Where the lanes stand: one under the other, for one diagram or for two.

use crate::raft::Address;

/// Above the first lane: the scale of time.
pub const AXIS_PX: f64 = 18.0;
/// Below the last lane.
const FOOT_PX: f64 = 6.0;
/// Above each of two diagrams stands its name.
const NAME_PX: f64 = 16.0;
/// More clients than this share a lane.
const CLIENT_LANES_MAX: usize = 2;
/// A lane is never wider, and wants to be at least as wide.
const PITCH_MAX: f64 = 34.0;
const PITCH_MIN: f64 = 12.0;

/// The lanes of one diagram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rows {
    /// Where its part begins.
    pub top: f64,
    /// The middle of the first lane.
    first: f64,
    /// From one lane to the next.
    pub pitch: f64,
    pub servers: usize,
    pub clients: usize,
}

impl Rows {
    /// The lanes of some diagrams of that many servers and clients within a height.
    pub fn stacked(counts: &[(usize, usize)], height: f64) -> Vec<Rows> {
        let lanes: usize = counts.iter().map(|count| lane_count(*count)).sum();
        let name = if counts.len() > 1 { NAME_PX } else { 0.0 };
        let room = height - AXIS_PX - FOOT_PX - name * counts.len() as f64;
        let pitch = (room / lanes.max(1) as f64).clamp(PITCH_MIN, PITCH_MAX);
        let mut top = AXIS_PX;
        counts
            .iter()
            .map(|&(servers, clients)| {
                let first = top + name + pitch * 0.55;
                let rows = Rows { top, first, pitch, servers, clients };
                top += name + pitch * lane_count((servers, clients)) as f64;
                rows
            })
            .collect()
    }

    /// How many lanes there are.
    pub fn len(&self) -> usize {
        lane_count((self.servers, self.clients))
    }

    /// Whether all clients share a lane.
    pub fn clients_share(&self) -> bool {
        self.clients > CLIENT_LANES_MAX
    }

    /// The middle of the lane of that number, servers first.
    pub fn y_of(&self, lane: usize) -> f64 {
        self.first + self.pitch * lane as f64
    }

    /// The middle of a server's or client's lane.
    pub fn y(&self, address: Address) -> f64 {
        self.y_of(match address {
            Address::Server(server) => server.slot(),
            Address::Client(_) if self.clients_share() => self.servers,
            Address::Client(client) => self.servers + client.slot(),
        })
    }

    /// Where its part ends.
    pub fn bottom(&self) -> f64 {
        self.y_of(self.len()) - self.pitch * 0.55
    }

    /// The server whose lane is there.
    pub fn server_at(&self, y: f64) -> Option<usize> {
        let lane = ((y - self.first) / self.pitch).round();
        (lane >= 0.0 && lane < self.servers as f64).then_some(lane as usize)
    }
}

fn lane_count((servers, clients): (usize, usize)) -> usize {
    servers + if clients > CLIENT_LANES_MAX { 1 } else { clients }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::{ClientId, ServerId};

    #[test]
    fn lanes_fill_the_height_and_clients_share_one_if_there_are_many() {
        let [rows] = Rows::stacked(&[(5, 1)], 150.0)[..] else { panic!("one diagram") };
        assert_eq!((rows.len(), rows.pitch), (6, 21.0));
        assert!(rows.bottom() <= 150.0);
        let s5 = ServerId::from_slot(4);
        assert_eq!(rows.server_at(rows.y(s5.into())), Some(4));
        assert_eq!(rows.server_at(rows.y(ClientId::from_slot(0).into())), None);
        let [many] = Rows::stacked(&[(9, 4)], 150.0)[..] else { panic!("one diagram") };
        assert_eq!(many.len(), 10);
        assert_eq!(many.y(ClientId::from_slot(3).into()), many.y_of(9));
    }

    #[test]
    fn two_diagrams_stand_one_above_the_other() {
        let [above, below] = Rows::stacked(&[(3, 1), (3, 1)], 260.0)[..] else { panic!("two") };
        assert!(above.bottom() <= below.top + 1.0 && below.bottom() <= 260.0);
    }
}

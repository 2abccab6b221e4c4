//! The positions of servers, clients, ballots and message paths on the stage.

use std::f64::consts::{PI, TAU};

use crate::raft::{Address, ServerId, ServerSet};

use super::point::Point;

/// Half the width and half the height of a client, in units of the stage.
pub const CLIENT_HALF: (f64, f64) = (33.0, 16.0);
/// Where paths end at a client: between half its width and half its height.
const CLIENT_CLEARANCE: f64 = 26.0;
/// From a server's outline to the middle of its timer's arc.
pub const TIMER_GAP: f64 = 7.0;
/// Around a server: room for its timer's arc and its ballots.
const MARGIN: f64 = TIMER_GAP + 18.0;
/// Between the middles of the arcs of two servers, which are a few units wide themselves.
const SERVER_GAP: f64 = 16.0;
/// A smaller server could not be read.
const NODE_RADIUS_MIN: f64 = 18.0;
/// The width of a column of clients.
const CLIENT_COLUMN: f64 = 72.0;
const CLIENTS_IN_COLUMN: usize = 5;

/// The shorter side of a stage whose units are CSS pixels. A larger one is drawn larger.
const PLAIN_SIDE: f64 = 470.0;
const SCALE_MAX: f64 = 2.4;
/// A stage a little wider than high has room for the ring, and for the clients beside it.
const ASPECT: f64 = 0.85;

/// The stage's proportions, in units from its upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// CSS pixels per unit.
    pub scale: f64,
    pub width: f64,
    pub height: f64,
    /// The middle of the ring.
    pub center: Point,
    /// From the middle of the ring to the middle of a server.
    pub ring_radius: f64,
    pub node_radius: f64,
    servers: Vec<Point>,
    clients: Vec<Point>,
}

impl Layout {
    /// For a stage of that many CSS pixels. One that has not been measured yet has no size; it
    /// gets a minimal one.
    pub fn new(width: f64, height: f64, servers: usize, clients: usize) -> Layout {
        let scale = ((width * ASPECT).min(height) / PLAIN_SIDE).clamp(1.0, SCALE_MAX);
        let (width, height) = ((width / scale).max(200.0), (height / scale).max(180.0));
        let right = if clients > 2 { CLIENT_COLUMN } else { 0.0 };
        let left = left_column(clients);
        let (room_x, room_y) = (width - left - right, height);
        let room = room_x.min(room_y);
        let node_radius = (room * 0.078).clamp(23.0, 36.0).min(crowded_radius(room, servers));
        let ring_radius = (room / 2.0 - node_radius - MARGIN).max(node_radius);
        let center =
            Point { x: left + room_x / 2.0, y: ring_center_y(room_y, ring_radius, servers) };
        let ring = server_positions(center, ring_radius, servers);
        Layout {
            scale,
            width,
            height,
            center,
            ring_radius,
            node_radius,
            clients: client_positions((width, height), clients, &ring, node_radius),
            servers: ring,
        }
    }

    pub fn server(&self, server: ServerId) -> Point {
        self.servers.get(server.slot()).copied().unwrap_or(self.center)
    }

    pub fn position(&self, address: Address) -> Point {
        match address {
            Address::Server(server) => self.server(server),
            Address::Client(client) => {
                self.clients.get(client.slot()).copied().unwrap_or(self.center)
            }
        }
    }

    /// From the middle of a server to the middle of its timer's arc.
    pub fn timer_radius(&self) -> f64 {
        self.node_radius + TIMER_GAP
    }

    /// The path of a message, from outline to outline.
    pub fn path(&self, from: Address, to: Address) -> (Point, Point) {
        let (start, end) = (self.position(from), self.position(to));
        let length = start.distance(end).max(1.0);
        let (leave, arrive) = (self.clearance(from), self.clearance(to));
        let share = |margin: f64| (margin / length).min(0.5);
        (start.towards(end, share(leave)), end.towards(start, share(arrive)))
    }

    fn clearance(&self, address: Address) -> f64 {
        match address {
            Address::Server(_) => self.timer_radius() + 9.0,
            Address::Client(_) => CLIENT_CLEARANCE,
        }
    }

    /// The two groups of servers on either side of a line. None if one group would be empty, or
    /// if the line is as short as an accidental drag.
    pub fn sides_of_line(&self, from: Point, to: Point) -> Option<(ServerSet, ServerSet)> {
        if from.distance(to) < self.node_radius * 2.0 {
            return None;
        }
        let (mut left, mut right) = (ServerSet::EMPTY, ServerSet::EMPTY);
        for (slot, at) in self.servers.iter().enumerate() {
            let side = (to.x - from.x) * (at.y - from.y) - (to.y - from.y) * (at.x - from.x);
            let group = if side < 0.0 { &mut left } else { &mut right };
            group.insert(ServerId::from_slot(slot));
        }
        (!left.is_empty() && !right.is_empty()).then_some((left, right))
    }

    /// The width of the column of clients at the left edge; 0 if there is none.
    pub fn left_column(&self) -> f64 {
        left_column(self.clients.len())
    }

    /// Positions for a candidate's ballots, on the side of the server that faces outwards.
    pub fn ballots(&self, server: ServerId, count: usize) -> Vec<Point> {
        let middle = self.server(server);
        let outward =
            if count > 0 && self.servers.len() > 1 { self.center.heading(middle) } else { 90.0 };
        let step = 26.0_f64.min(200.0 / count.max(1) as f64);
        let first = outward - step * (count.saturating_sub(1)) as f64 / 2.0;
        let radius = self.timer_radius() + 13.0;
        (0..count).map(|ballot| middle.offset(first + step * ballot as f64, radius)).collect()
    }
}

/// The largest radius at which the servers of a ring in that room do not touch.
fn crowded_radius(room: f64, servers: usize) -> f64 {
    if servers < 2 {
        return f64::INFINITY;
    }
    // Neighbours are `2 * ring_radius * sin` apart, and need `2 * (node_radius + TIMER_GAP)`.
    let (sin, _) = (PI / servers as f64).sin_cos();
    let fitting = (sin * (room / 2.0 - MARGIN) - TIMER_GAP - SERVER_GAP / 2.0) / (1.0 + sin);
    fitting.max(NODE_RADIUS_MIN)
}

fn left_column(clients: usize) -> f64 {
    if clients > CLIENTS_IN_COLUMN { CLIENT_COLUMN } else { 0.0 }
}

/// A ring with an odd number of servers extends less far down than up, so it moves down to look
/// centered.
fn ring_center_y(room_y: f64, radius: f64, servers: usize) -> f64 {
    if servers < 3 || servers.is_multiple_of(2) {
        return room_y / 2.0;
    }
    let (_, cos) = (PI / servers as f64).sin_cos();
    let lowest = radius * cos;
    room_y / 2.0 + (radius - lowest) / 2.0
}

fn server_positions(center: Point, radius: f64, count: usize) -> Vec<Point> {
    if count == 1 {
        return vec![center];
    }
    (0..count)
        .map(|slot| {
            let (sin, cos) = (TAU * slot as f64 / count as f64 - PI / 2.0).sin_cos();
            Point { x: center.x + radius * cos, y: center.y + radius * sin }
        })
        .collect()
}

/// Clients stand in a column at the right edge, then in one at the left. The right column moves
/// down until no message to a server passes over another server.
fn client_positions(
    (width, height): (f64, f64),
    count: usize,
    servers: &[Point],
    node_radius: f64,
) -> Vec<Point> {
    let down = |slot: usize| 46.0 * (slot % CLIENTS_IN_COLUMN) as f64;
    let first = count.min(CLIENTS_IN_COLUMN);
    let column =
        |top: f64| (0..first).map(move |slot| Point { x: width - 38.0, y: top + down(slot) });
    let tops = (0..).map(|step| 30.0 + 4.0 * f64::from(step));
    let lowest = height - 30.0 - down(first.saturating_sub(1));
    let top = tops
        .take_while(|top| *top <= lowest)
        .find(|top| column(*top).all(|client| is_clear(client, servers, node_radius)))
        .unwrap_or(30.0);
    let rest = (first..count).map(|slot| Point { x: 38.0, y: 30.0 + down(slot) });
    column(top).chain(rest).collect()
}

/// Whether a client there touches no server, and no path to a server crosses another server.
fn is_clear(client: Point, servers: &[Point], node_radius: f64) -> bool {
    let reach = node_radius + TIMER_GAP;
    let apart =
        servers.iter().all(|server| client.distance(*server) > reach + CLIENT_CLEARANCE + 4.0);
    let passes = |server: &Point, other: &Point| {
        server == other || distance_to_segment(*other, client, *server) > node_radius + 6.0
    };
    apart && servers.iter().all(|server| servers.iter().all(|other| passes(server, other)))
}

fn distance_to_segment(point: Point, from: Point, to: Point) -> f64 {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let along = (point.x - from.x) * dx + (point.y - from.y) * dy;
    let share = (along / (dx * dx + dy * dy).max(1.0)).clamp(0.0, 1.0);
    point.distance(from.towards(to, share))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::{CLIENTS_MAX, ClientId, SERVERS_MAX};

    const SIZES: [(f64, f64); 4] = [(600.0, 450.0), (366.0, 340.0), (296.0, 300.0), (900.0, 700.0)];

    #[test]
    fn servers_stay_inside_the_stage_and_do_not_overlap() {
        for (width, height) in SIZES {
            for count in 1..=SERVERS_MAX {
                let layout = Layout::new(width, height, count, 1);
                let reach = layout.timer_radius();
                let (width, height) = (layout.width, layout.height);
                for server in ServerSet::first(count).iter() {
                    let at = layout.server(server);
                    assert!(at.x >= reach && at.x <= width - reach, "{width} {count}");
                    assert!(at.y >= reach && at.y <= height - reach, "{height} {count}");
                    for other in ServerSet::first(count).iter().filter(|other| *other != server) {
                        let gap = at.distance(layout.server(other));
                        assert!(gap > 2.0 * reach + 8.0, "{width}x{height}, {count}: {gap}");
                    }
                }
            }
        }
    }

    #[test]
    fn servers_of_a_low_stage_are_smaller_and_do_not_touch() {
        let layout = Layout::new(336.0, 200.0, 5, 1);
        assert!((18.0..23.0).contains(&layout.node_radius), "{}", layout.node_radius);
        let gap = layout.servers[0].distance(layout.servers[1]);
        assert!(gap >= 2.0 * layout.timer_radius() + 15.9, "{gap}");
    }

    #[test]
    fn clients_stand_outside_the_ring() {
        for (width, height) in SIZES {
            for clients in 1..=CLIENTS_MAX {
                let layout = Layout::new(width, height, 5, clients);
                let (width, height) = (layout.width, layout.height);
                for slot in 0..clients {
                    let at = layout.position(ClientId::from_slot(slot).into());
                    assert!(at.x >= CLIENT_HALF.0 && at.x <= width - CLIENT_HALF.0);
                    assert!(at.y <= height - CLIENT_HALF.1);
                    for server in ServerSet::first(5).iter() {
                        let gap = at.distance(layout.server(server)) - layout.timer_radius();
                        assert!(gap > CLIENT_HALF.1, "{width}x{height}, {clients}: {gap}");
                    }
                }
            }
        }
    }

    #[test]
    fn client_messages_cross_no_other_server_on_the_opening_stage() {
        for (width, height) in [(553.0, 490.0), (583.0, 646.0), (516.0, 546.0), (583.0, 520.0)] {
            let layout = Layout::new(width, height, 5, 1);
            let client = layout.position(ClientId::from_slot(0).into());
            for server in ServerSet::first(5).iter() {
                for other in ServerSet::first(5).iter().filter(|other| *other != server) {
                    let gap =
                        distance_to_segment(layout.server(other), client, layout.server(server));
                    assert!(
                        gap > layout.node_radius,
                        "{width}x{height}, to {server}, {other} is {gap} away"
                    );
                }
            }
        }
    }

    #[test]
    fn a_large_stage_is_drawn_larger() {
        let (small, large) = (Layout::new(400.0, 400.0, 5, 1), Layout::new(1200.0, 940.0, 5, 1));
        assert_eq!((small.scale, small.width), (1.0, 400.0));
        assert_eq!((large.scale, large.width, large.height), (2.0, 600.0, 470.0));
    }

    #[test]
    fn a_message_travels_from_outline_to_outline() {
        let layout = Layout::new(600.0, 450.0, 5, 1);
        let (from, to) = (ServerId::from_slot(0), ServerId::from_slot(2));
        let (start, end) = layout.path(from.into(), to.into());
        assert!((layout.server(from).distance(start) - layout.timer_radius() - 9.0).abs() < 1e-9);
        assert!((layout.server(to).distance(end) - layout.timer_radius() - 9.0).abs() < 1e-9);
    }

    #[test]
    fn a_line_across_the_ring_splits_the_servers() {
        let layout = Layout::new(600.0, 450.0, 5, 1);
        let middle = layout.center;
        let (above, below) = (middle.y - 30.0, middle.y - 30.0);
        let line = (Point { x: 0.0, y: above }, Point { x: 600.0, y: below });
        let (left, right) = layout.sides_of_line(line.0, line.1).expect("two groups");
        assert_eq!(left.union(right), ServerSet::first(5));
        assert_eq!(left.to_string(), "s1,s2,s5");
        assert_eq!(right.to_string(), "s3,s4");
    }

    #[test]
    fn a_line_beside_the_ring_or_a_click_splits_nothing() {
        let layout = Layout::new(600.0, 450.0, 5, 1);
        let (corner, down) = (Point { x: 2.0, y: 0.0 }, Point { x: 2.0, y: 450.0 });
        assert_eq!(layout.sides_of_line(corner, down), None);
        assert_eq!(layout.sides_of_line(layout.center, layout.center), None);
    }

    #[test]
    fn ballots_around_a_candidate_do_not_overlap() {
        for count in 2..=SERVERS_MAX {
            let layout = Layout::new(600.0, 450.0, count, 1);
            let ballots = layout.ballots(ServerId::from_slot(0), count);
            assert_eq!(ballots.len(), count);
            for pair in ballots.windows(2) {
                assert!(pair[0].distance(pair[1]) > 10.0);
            }
        }
    }
}

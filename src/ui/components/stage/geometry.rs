//! Where things are on the stage, in CSS pixels from its upper left corner. Pure.

use std::f64::consts::{PI, TAU};

use crate::raft::{Address, ServerId, ServerSet};

use crate::ui::decimal::px;

/// A place on the stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

impl Point {
    /// The place at that share of the way to another one.
    pub fn towards(self, other: Point, share: f64) -> Point {
        Point { x: self.x + (other.x - self.x) * share, y: self.y + (other.y - self.y) * share }
    }

    /// How far it is to another one.
    pub fn distance(self, other: Point) -> f64 {
        let (x, y) = (other.x - self.x, other.y - self.y);
        (x * x + y * y).sqrt()
    }

    /// The direction to another one, in degrees clockwise from the right.
    pub fn heading(self, other: Point) -> f64 {
        (other.y - self.y).atan2(other.x - self.x).to_degrees()
    }

    /// The place that far away in that direction (degrees clockwise from the right).
    pub fn step(self, heading: f64, length: f64) -> Point {
        let (sin, cos) = heading.to_radians().sin_cos();
        Point { x: self.x + cos * length, y: self.y + sin * length }
    }
}

/// The transform that moves a drawing to that place.
pub fn moved_to(place: Point) -> String {
    format!("translate({} {})", px(place.x), px(place.y))
}

/// The path of a straight line.
pub fn segment(from: Point, to: Point) -> String {
    format!("M{} {}L{} {}", px(from.x), px(from.y), px(to.x), px(to.y))
}

/// Half the width and half the height of a client's pill.
pub const CLIENT_HALF: (f64, f64) = (26.0, 16.0);
/// From a server's outline to the middle of its timer's arc.
pub const TIMER_GAP: f64 = 7.0;
/// How much room a column of clients takes.
const CLIENT_COLUMN: f64 = 72.0;
/// How many clients stand in one column.
const CLIENTS_IN_COLUMN: usize = 5;

/// A picture's proportions: where every server and client stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// The stage's size.
    pub width: f64,
    /// The stage's size.
    pub height: f64,
    /// The middle of the ring.
    pub center: Point,
    /// From the middle of the ring to the middle of a server.
    pub ring_radius: f64,
    /// A server's outline.
    pub node_radius: f64,
    servers: Vec<Point>,
    clients: Vec<Point>,
}

impl Layout {
    /// A stage of that size with so many servers and clients. A stage without size gets one,
    /// since it is measured only after it was first drawn.
    pub fn new(width: f64, height: f64, servers: usize, clients: usize) -> Layout {
        let (width, height) = (width.max(200.0), height.max(180.0));
        let right = if clients > 2 { CLIENT_COLUMN } else { 0.0 };
        let left = if clients > CLIENTS_IN_COLUMN { CLIENT_COLUMN } else { 0.0 };
        let (room_x, room_y) = (width - left - right, height);
        let node_radius = (room_x.min(room_y) * 0.078).clamp(23.0, 36.0);
        // Room for the timer's arc and the ballots around a server.
        let margin = node_radius + TIMER_GAP + 18.0;
        let ring_radius = (room_x.min(room_y) / 2.0 - margin).max(node_radius);
        let center =
            Point { x: left + room_x / 2.0, y: ring_center_y(room_y, ring_radius, servers) };
        Layout {
            width,
            height,
            center,
            ring_radius,
            node_radius,
            clients: client_places(
                (width, height),
                clients,
                &ring(center, ring_radius, servers),
                node_radius,
            ),
            servers: ring(center, ring_radius, servers),
        }
    }

    /// Where a server stands.
    pub fn server(&self, server: ServerId) -> Point {
        self.servers.get(server.slot()).copied().unwrap_or(self.center)
    }

    /// Where a server or a client stands.
    pub fn place(&self, who: Address) -> Point {
        match who {
            Address::Server(server) => self.server(server),
            Address::Client(client) => {
                self.clients.get(client.slot()).copied().unwrap_or(self.center)
            }
        }
    }

    /// The middle of a server's timer arc.
    pub fn timer_radius(&self) -> f64 {
        self.node_radius + TIMER_GAP
    }

    /// The way of a message, from outline to outline.
    pub fn path(&self, from: Address, to: Address) -> (Point, Point) {
        let (start, end) = (self.place(from), self.place(to));
        let length = start.distance(end).max(1.0);
        let (leave, arrive) = (self.clearance(from), self.clearance(to));
        let share = |margin: f64| (margin / length).min(0.5);
        (start.towards(end, share(leave)), end.towards(start, share(arrive)))
    }

    fn clearance(&self, who: Address) -> f64 {
        match who {
            Address::Server(_) => self.timer_radius() + 9.0,
            Address::Client(_) => CLIENT_HALF.0,
        }
    }

    /// The two groups into which a line drawn from one point to another parts the servers;
    /// nothing where all stand on one side, or the line is too short to mean anything.
    pub fn parted_by(&self, from: Point, to: Point) -> Option<(ServerSet, ServerSet)> {
        if from.distance(to) < self.node_radius * 2.0 {
            return None;
        }
        let (mut left, mut right) = (ServerSet::EMPTY, ServerSet::EMPTY);
        for (slot, place) in self.servers.iter().enumerate() {
            let side = (to.x - from.x) * (place.y - from.y) - (to.y - from.y) * (place.x - from.x);
            let group = if side < 0.0 { &mut left } else { &mut right };
            group.insert(ServerId::from_slot(slot));
        }
        (!left.is_empty() && !right.is_empty()).then_some((left, right))
    }

    /// Places around a server's lower half for the ballots of its candidacy.
    pub fn ballots(&self, server: ServerId, count: usize) -> Vec<Point> {
        let middle = self.server(server);
        let outward =
            if count > 0 && self.servers.len() > 1 { self.center.heading(middle) } else { 90.0 };
        let step = 24.0_f64.min(150.0 / count.max(1) as f64);
        let first = outward - step * (count.saturating_sub(1)) as f64 / 2.0;
        let radius = self.timer_radius() + 11.0;
        (0..count).map(|nth| middle.step(first + step * nth as f64, radius)).collect()
    }
}

/// An odd ring reaches less far down than up; it is moved to the middle of the room.
fn ring_center_y(room_y: f64, radius: f64, servers: usize) -> f64 {
    if servers < 3 || servers.is_multiple_of(2) {
        return room_y / 2.0;
    }
    let (_, cos) = (PI / servers as f64).sin_cos();
    let lowest = radius * cos;
    room_y / 2.0 + (radius - lowest) / 2.0
}

fn ring(center: Point, radius: f64, count: usize) -> Vec<Point> {
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

/// Clients stand at the edges: the first column at the right, the second at the left. The first one
/// moves down from the corner to where its messages pass no server that they are not for.
fn client_places(
    (width, height): (f64, f64),
    count: usize,
    servers: &[Point],
    node_radius: f64,
) -> Vec<Point> {
    let down = |slot: usize| 46.0 * (slot % CLIENTS_IN_COLUMN) as f64;
    let first = count.min(CLIENTS_IN_COLUMN);
    let column =
        |top: f64| (0..first).map(move |slot| Point { x: width - 38.0, y: top + down(slot) });
    let tops = (0..).map(|step| 30.0 + 8.0 * f64::from(step));
    let lowest = height - 30.0 - down(first.saturating_sub(1));
    let top = tops
        .take_while(|top| *top <= lowest)
        .find(|top| column(*top).all(|client| is_clear(client, servers, node_radius)))
        .unwrap_or(30.0);
    let rest = (first..count).map(|slot| Point { x: 38.0, y: 30.0 + down(slot) });
    column(top).chain(rest).collect()
}

/// Whether a client there is apart from every server, and sees each of them past the others.
fn is_clear(client: Point, servers: &[Point], node_radius: f64) -> bool {
    let reach = node_radius + TIMER_GAP;
    let apart = servers.iter().all(|server| client.distance(*server) > reach + CLIENT_HALF.0 + 4.0);
    let past = |server: &Point, other: &Point| {
        server == other || gap(client, *server, *other) > node_radius + 6.0
    };
    apart && servers.iter().all(|server| servers.iter().all(|other| past(server, other)))
}

/// How far a point is from the way between two others.
fn gap(from: Point, to: Point, point: Point) -> f64 {
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
    fn servers_stand_inside_the_stage_and_apart_from_each_other() {
        for (width, height) in SIZES {
            for count in 1..=SERVERS_MAX {
                let layout = Layout::new(width, height, count, 1);
                let reach = layout.timer_radius();
                for server in ServerSet::first(count).iter() {
                    let place = layout.server(server);
                    assert!(place.x >= reach && place.x <= width - reach, "{width} {count}");
                    assert!(place.y >= reach && place.y <= height - reach, "{height} {count}");
                    for other in ServerSet::first(count).iter().filter(|other| *other != server) {
                        let apart = place.distance(layout.server(other));
                        assert!(apart > 2.0 * reach + 8.0, "{width}x{height}, {count}: {apart}");
                    }
                }
            }
        }
    }

    #[test]
    fn clients_stand_outside_the_ring() {
        for (width, height) in SIZES {
            for clients in 1..=CLIENTS_MAX {
                let layout = Layout::new(width, height, 5, clients);
                for slot in 0..clients {
                    let place = layout.place(ClientId::from_slot(slot).into());
                    assert!(place.x >= CLIENT_HALF.0 && place.x <= width - CLIENT_HALF.0);
                    assert!(place.y <= height - CLIENT_HALF.1);
                    for server in ServerSet::first(5).iter() {
                        let gap = place.distance(layout.server(server)) - layout.timer_radius();
                        assert!(gap > CLIENT_HALF.1, "{width}x{height}, {clients}: {gap}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_clients_messages_pass_no_other_server_on_the_opening_stage() {
        let layout = Layout::new(553.0, 490.0, 5, 1);
        let client = layout.place(ClientId::from_slot(0).into());
        for server in ServerSet::first(5).iter() {
            for other in ServerSet::first(5).iter().filter(|other| *other != server) {
                let gap = gap(client, layout.server(server), layout.server(other));
                assert!(gap > layout.node_radius, "to {server}, {other} is {gap} away");
            }
        }
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
    fn a_line_across_the_ring_parts_the_servers() {
        let layout = Layout::new(600.0, 450.0, 5, 1);
        let middle = layout.center;
        let (above, below) = (middle.y - 30.0, middle.y - 30.0);
        let line = (Point { x: 0.0, y: above }, Point { x: 600.0, y: below });
        let (left, right) = layout.parted_by(line.0, line.1).expect("two groups");
        assert_eq!(left.union(right), ServerSet::first(5));
        assert_eq!(left.to_string(), "s1,s2,s5");
        assert_eq!(right.to_string(), "s3,s4");
    }

    #[test]
    fn a_line_beside_the_ring_or_a_mere_click_parts_nothing() {
        let layout = Layout::new(600.0, 450.0, 5, 1);
        let (corner, down) = (Point { x: 2.0, y: 0.0 }, Point { x: 2.0, y: 450.0 });
        assert_eq!(layout.parted_by(corner, down), None);
        assert_eq!(layout.parted_by(layout.center, layout.center), None);
    }

    #[test]
    fn ballots_surround_the_candidate_without_touching() {
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

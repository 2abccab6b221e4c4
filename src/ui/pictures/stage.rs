//! The stage as a picture.

use crate::export::picture::{EDGE, INK, LINE, NO, PAPER, REQUEST, Svg, YES};
use crate::raft::Address;
use crate::sim::{Flight, Micros, World};
use crate::ui::scene::{CLIENT_HALF, Layout, MessageShape, Point, line_path};
use crate::ui::text;
use crate::ui::view::{ClusterModel, LinkModel, LinkState, ServerCondition, ServerModel};

use super::labels::PICTURE_WIDTH;
use super::legend::{signs_of, write_signs};
use super::message::write_message;
use super::server::write_server;

const RING_HEIGHT: f64 = 540.0;
const TOP: f64 = 40.0;
/// The width and the height of the picture in a list.
const THUMBNAIL: (f64, f64) = (480.0, 300.0);
/// The share of its path after which a held message waits.
const HELD_SHARE: f64 = 0.28;

/// The picture as the text of an SVG file. `cluster` is the model of `world`.
pub fn stage_svg(cluster: &ClusterModel, world: &World) -> String {
    let layout =
        Layout::new(PICTURE_WIDTH, RING_HEIGHT, cluster.servers.len(), cluster.clients.len());
    let title = format!("{} at {}", text::NAME, text::moment(world.now_us()));
    let mut svg = Svg::default();
    svg.begin_group(format_args!("fill=\"{INK}\""));
    svg.text((12.0, 26.0), 16.0, "font-weight=\"700\"", &title);
    svg.begin_group(format_args!("transform=\"translate(0 {TOP})\""));
    let shapes = write_ring(&mut svg, cluster, world, &layout);
    svg.end_group();
    let signs = signs_of(cluster, shapes);
    let bottom = write_signs(&mut svg, &signs, TOP + RING_HEIGHT + 8.0, PICTURE_WIDTH);
    let bottom = write_conditions(&mut svg, cluster, bottom);
    svg.end_group();
    svg.finish((PICTURE_WIDTH, bottom + 10.0), &title)
}

/// The picture without its legend and without its title, for a list of many.
pub fn thumbnail_svg(cluster: &ClusterModel, world: &World, title: &str) -> String {
    let (width, height) = THUMBNAIL;
    let layout = Layout::new(width, height, cluster.servers.len(), cluster.clients.len());
    let mut svg = Svg::default();
    svg.begin_group(format_args!("fill=\"{INK}\""));
    write_ring(&mut svg, cluster, world, &layout);
    svg.end_group();
    svg.finish(THUMBNAIL, title)
}

/// Everything on the stage, from the ground up. Returns the shapes of the messages.
fn write_ring(
    svg: &mut Svg,
    cluster: &ClusterModel,
    world: &World,
    layout: &Layout,
) -> Vec<MessageShape> {
    write_sides(svg, cluster, layout);
    for link in cluster.links.iter() {
        write_link(svg, link, layout);
    }
    write_clients(svg, cluster, layout);
    write_supports(svg, cluster, layout);
    for server in cluster.servers.iter() {
        write_server(svg, server, layout);
    }
    write_flights(svg, world, layout)
}

/// Around the servers of each side of a partition, and what the sides are.
fn write_sides(svg: &mut Svg, cluster: &ClusterModel, layout: &Layout) {
    for side in cluster.sides.iter() {
        let color = if side.majority { YES } else { NO };
        let mut d = String::new();
        for (nth, server) in side.servers.iter().enumerate() {
            let Point { x, y } = layout.server(server);
            d.push_str(&format!("{}{x:.1} {y:.1}", if nth == 0 { "M" } else { "L" }));
        }
        let width = 2.0 * layout.timer_radius() + 24.0;
        svg.element(
            "path",
            format_args!(
                "d=\"{d}Z\" fill=\"{color}\" stroke=\"{color}\" stroke-width=\"{width:.0}\" \
                 stroke-linejoin=\"round\" opacity=\"0.1\""
            ),
        );
    }
    for (row, side) in cluster.sides.iter().enumerate() {
        let color = if side.majority { YES } else { NO };
        let (servers, count) = text::side(side.servers, side.voters, side.of, side.majority);
        let attributes = format!("fill=\"{color}\" font-weight=\"600\"");
        let y = 12.0 + 18.0 * row as f64;
        svg.text(
            (layout.left_column() + 12.0, y),
            13.0,
            &attributes,
            &format!("{servers} {count}"),
        );
    }
}

fn write_link(svg: &mut Svg, link: &LinkModel, layout: &Layout) {
    let (a, b) = (layout.server(link.a), layout.server(link.b));
    let (color, dash) = match link.state {
        LinkState::Cut => (EDGE, "1.5 6"),
        LinkState::CutForward | LinkState::CutBackward => (EDGE, "8 4"),
        LinkState::Up if link.loss_ppm > 0 => (EDGE, "14 3 2 3"),
        LinkState::Up => (LINE, ""),
    };
    svg.line((a.x, a.y), (b.x, b.y), color, 1.5, dash);
    let (a, b) = layout.path(link.a.into(), link.b.into());
    let (transform, d) = match link.state {
        LinkState::Up => return,
        LinkState::Cut => (a.towards(b, 0.5).translate(), "M-3.6 -3.6L3.6 3.6M3.6 -3.6L-3.6 3.6"),
        LinkState::CutForward | LinkState::CutBackward => {
            let (from, to) = if link.state == LinkState::CutForward { (a, b) } else { (b, a) };
            let turn = format!(" rotate({:.1})", from.heading(to));
            let d = "M-6 0H2M-1 -3.4L2.4 0L-1 3.4M5.4 -4.8V4.8";
            (from.towards(to, 0.62).translate() + &turn, d)
        }
    };
    svg.begin_group(format_args!("transform=\"{transform}\""));
    svg.element("circle", format_args!("r=\"9\" fill=\"{PAPER}\" stroke=\"{NO}\""));
    svg.stroke(d, NO, 1.8);
    svg.end_group();
}

fn write_clients(svg: &mut Svg, cluster: &ClusterModel, layout: &Layout) {
    let (half_width, half_height) = CLIENT_HALF;
    for client in cluster.clients.iter() {
        let at = layout.position(Address::Client(client.id));
        if let Some((server, waits)) = client.talks_to() {
            let (start, end) = layout.path(client.id.into(), server.into());
            let color = if waits { REQUEST } else { EDGE };
            svg.line((start.x, start.y), (end.x, end.y), color, 1.3, "2 4");
        }
        svg.element(
            "rect",
            format_args!(
                "x=\"{:.1}\" y=\"{:.1}\" width=\"{}\" height=\"{}\" rx=\"{half_height}\" \
                 fill=\"{PAPER}\" stroke=\"{EDGE}\"",
                at.x - half_width,
                at.y - half_height,
                half_width * 2.0,
                half_height * 2.0
            ),
        );
        let name = format!("{:#}", client.id);
        svg.text((at.x, at.y + 4.5), 13.0, "text-anchor=\"middle\"", &name);
    }
}

/// An arrow from each voter to the candidate that it voted for.
fn write_supports(svg: &mut Svg, cluster: &ClusterModel, layout: &Layout) {
    let supports = |voter: &ServerModel, candidate: &ServerModel| {
        candidate.shows_ballots()
            && candidate.id != voter.id
            && candidate.term == voter.term
            && voter.vote == Some(candidate.id)
            && voter.condition != ServerCondition::Crashed
    };
    for voter in cluster.servers.iter() {
        for candidate in cluster.servers.iter().filter(|candidate| supports(voter, candidate)) {
            let (start, end) = layout.path(voter.id.into(), candidate.id.into());
            svg.stroke(&line_path(start, end), YES, 1.4);
            let head = format!("{} rotate({:.1})", end.translate(), start.heading(end));
            svg.element(
                "path",
                format_args!("d=\"M-9 -4.5L0 0L-9 4.5Z\" fill=\"{YES}\" transform=\"{head}\""),
            );
        }
    }
}

/// The messages in flight and the held ones. Returns their shapes.
fn write_flights(svg: &mut Svg, world: &World, layout: &Layout) -> Vec<MessageShape> {
    let mut shapes = Vec::new();
    let flying = world.in_flight().map(|flight| (flight, share(flight, world.now_us())));
    let held = world.held().iter().map(|flight| (flight, HELD_SHARE));
    for (flight, share) in flying.chain(held) {
        let (start, end) = layout.path(flight.message.from, flight.message.to);
        shapes.push(write_message(svg, &flight.message, start.towards(end, share), (start, end)));
    }
    shapes
}

fn share(flight: &Flight, now_us: Micros) -> f64 {
    let length_us = flight.due_us.saturating_sub(flight.sent_us).max(1);
    let passed_us = now_us.saturating_sub(flight.sent_us).min(length_us);
    passed_us as f64 / length_us as f64
}

/// What makes the run unusual: rules that are off, and loss.
fn write_conditions(svg: &mut Svg, cluster: &ClusterModel, top: f64) -> f64 {
    let mut y = top;
    for text in text::deviations(&cluster.settings, cluster.servers.len()) {
        y += 18.0;
        let attributes = format!("fill=\"{NO}\" font-weight=\"600\"");
        svg.text((12.0, y), 12.0, &attributes, &text);
    }
    y
}

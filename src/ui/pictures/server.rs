//! A server in a picture: its role, term, ballots and what is unusual of it.

use crate::export::picture::{
    CANDIDATE, CANDIDATE_EDGE, DIM, EDGE, INK, LEADER, LINE, NO, PAPER, Svg, YES,
};
use crate::raft::Role;
use crate::ui::scene::{Layout, Point};
use crate::ui::text;
use crate::ui::view::{ServerCondition, ServerModel};

use super::labels::HALO;

/// The outline of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ServerSign {
    Leader,
    Outdated,
    Candidate,
    PreCandidate,
    Follower,
    Learner,
    Paused,
    Crashed,
}

impl ServerSign {
    pub fn of(server: &ServerModel) -> ServerSign {
        match (server.condition, server.role) {
            (ServerCondition::Crashed, _) => ServerSign::Crashed,
            (ServerCondition::Paused, _) => ServerSign::Paused,
            (_, Role::Leader) if server.outdated => ServerSign::Outdated,
            (_, Role::Leader) => ServerSign::Leader,
            (_, Role::Candidate) => ServerSign::Candidate,
            (_, Role::PreCandidate) => ServerSign::PreCandidate,
            (_, Role::Follower) => ServerSign::Follower,
            (_, Role::Learner) => ServerSign::Learner,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            ServerSign::Leader => "leader",
            ServerSign::Outdated => "outdated leader",
            ServerSign::Candidate => "candidate",
            ServerSign::PreCandidate => "pre-candidate",
            ServerSign::Follower => "follower",
            ServerSign::Learner => "learner",
            ServerSign::Paused => "paused",
            ServerSign::Crashed => "crashed",
        }
    }

    /// The letter of the role, or the sign of a server that does not run.
    fn letter(self) -> &'static str {
        match self {
            ServerSign::Leader | ServerSign::Outdated => "L",
            ServerSign::Candidate => "C",
            ServerSign::PreCandidate => "P",
            ServerSign::Follower => "F",
            ServerSign::Learner => "N",
            ServerSign::Paused => "II",
            ServerSign::Crashed => "✕",
        }
    }

    /// Fill, outline, width and dashes, and the colour of the text.
    fn look(self) -> (&'static str, &'static str, f64, &'static str, &'static str) {
        match self {
            ServerSign::Leader => (LEADER, LEADER, 1.6, "", PAPER),
            ServerSign::Outdated => (PAPER, LEADER, 2.4, "7 3", INK),
            ServerSign::Candidate => (CANDIDATE, CANDIDATE_EDGE, 1.6, "", INK),
            ServerSign::PreCandidate => (CANDIDATE, CANDIDATE_EDGE, 1.6, "5 3", INK),
            ServerSign::Follower => (PAPER, INK, 1.6, "", INK),
            ServerSign::Learner => (PAPER, INK, 1.6, "6 3", INK),
            ServerSign::Paused => ("#f1efe9", EDGE, 3.0, "", INK),
            ServerSign::Crashed => ("#f1efe9", DIM, 1.6, "4 4", DIM),
        }
    }
}

pub(super) fn write_server(svg: &mut Svg, server: &ServerModel, layout: &Layout) {
    let at = layout.server(server.id);
    if server.condition == ServerCondition::Running {
        let (x, y, r) = (at.x, at.y, layout.timer_radius());
        svg.element(
            "circle",
            format_args!(
                "cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\" fill=\"none\" stroke=\"{LINE}\" \
                 stroke-width=\"4\""
            ),
        );
    }
    let sign = ServerSign::of(server);
    write_body(svg, sign, at, layout.node_radius);
    let (.., ink) = sign.look();
    let middle =
        |weight: u32| format!("text-anchor=\"middle\" fill=\"{ink}\" font-weight=\"{weight}\"");
    let scale = layout.node_radius / 34.0;
    let letter = match server.shows_ballots() {
        true => format!("{} of {}", server.granted.len(), server.voters.len()),
        false => sign.letter().to_owned(),
    };
    let line = |dy: f64| (at.x, at.y + dy * scale);
    svg.text(line(-12.0), 11.0 * scale, &middle(700), &letter);
    svg.text(line(5.0), 16.0 * scale, &middle(650), &text::server(server.id));
    svg.text(line(19.0), 11.0 * scale, &middle(400), &format!("term {}", server.term));
    if let Some(unusual) = unusual(server) {
        let attributes = format!("text-anchor=\"middle\" {HALO} font-weight=\"600\"");
        let below = (at.x, at.y + layout.timer_radius() + 16.0);
        svg.text(below, 11.0, &attributes, &unusual);
    }
    write_ballots(svg, server, layout);
}

/// The circle of a server of that kind.
pub(super) fn write_body(svg: &mut Svg, sign: ServerSign, at: Point, radius: f64) {
    let (fill, outline, width, dash, _) = sign.look();
    let dash =
        if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
    let Point { x, y } = at;
    svg.element(
        "circle",
        format_args!(
            "cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"{fill}\" stroke=\"{outline}\" \
             stroke-width=\"{width}\"{dash}"
        ),
    );
}

fn unusual(server: &ServerModel) -> Option<String> {
    let clock = server.clock_milli.map(text::clock);
    let disk = server.disk.map(text::disk);
    let outside = server.membership.is_outside().then(|| "outside the cluster".to_owned());
    let notes: Vec<String> = clock.into_iter().chain(disk).chain(outside).collect();
    (!notes.is_empty()).then(|| notes.join(", "))
}

/// A ballot for each voter: granted, denied, or not cast.
fn write_ballots(svg: &mut Svg, server: &ServerModel, layout: &Layout) {
    if !server.shows_ballots() {
        return;
    }
    let places = layout.ballots(server.id, server.voters.len());
    for (voter, at) in server.voters.iter().zip(places) {
        let (fill, outline, dash, ink) = match () {
            () if server.granted.contains(voter) => (YES, YES, "", PAPER),
            () if server.rejected.contains(voter) => {
                (PAPER, NO, " stroke-dasharray=\"2.5 2\"", INK)
            }
            () => (PAPER, EDGE, "", INK),
        };
        svg.begin_group(format_args!("transform=\"{}\"", at.translate()));
        svg.element(
            "circle",
            format_args!("r=\"8\" fill=\"{fill}\" stroke=\"{outline}\" stroke-width=\"1.3\"{dash}"),
        );
        let attributes = format!("text-anchor=\"middle\" font-weight=\"700\" fill=\"{ink}\"");
        svg.text((0.0, 3.8), 10.5, &attributes, &voter.number().to_string());
        if server.rejected.contains(voter) {
            svg.stroke("M-4.5 4.5L4.5 -4.5", NO, 2.0);
        }
        svg.end_group();
    }
}

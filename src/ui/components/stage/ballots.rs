//! The votes: ballots beside a candidate, one for each voter, and an arrow from each server that
//! voted for it.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::scene::{Layout, Point, line_path};
use crate::ui::view::{ServerCondition, ServerModel};

/// Nothing unless the server campaigns, or has just won, among several voters. Each ballot has the
/// number of its voter.
pub fn ballots(server: &ServerModel, layout: &Layout) -> Html {
    if !server.shows_ballots() {
        return Html::default();
    }
    let positions = layout.ballots(server.id, server.voters.len());
    let ballot = |(voter, at): (crate::raft::ServerId, Point)| {
        let (class, mark) = if server.granted.contains(voter) {
            ("ballot yes", "")
        } else if server.rejected.contains(voter) {
            ("ballot no", "M-4.5 4.5L4.5 -4.5")
        } else {
            ("ballot", "")
        };
        html! {
            <g {class} transform={at.translate()}>
                <circle r="7.5" />
                <text y="3.6">{ voter.number() }</text>
                <path d={mark} />
            </g>
        }
    };
    server.voters.iter().zip(positions).map(ballot).collect()
}

/// The length of an arrow's head, in pixels.
const HEAD: f64 = 9.0;

#[derive(Clone, PartialEq, Properties)]
pub struct SupportsProps {
    pub servers: Rc<Vec<ServerModel>>,
    pub layout: Rc<Layout>,
}

/// Who supports whom: from each voter to the candidate that it voted for in this term.
#[component]
pub fn Supports(props: &SupportsProps) -> Html {
    let layout = &props.layout;
    let support = |voter: &ServerModel| {
        let candidate = props.servers.iter().find(|server| {
            server.shows_ballots()
                && server.id != voter.id
                && server.term == voter.term
                && voter.vote == Some(server.id)
        })?;
        if voter.condition == ServerCondition::Crashed {
            return None;
        }
        let (start, end) = layout.path(voter.id.into(), candidate.id.into());
        let end = end.towards(start, HEAD / start.distance(end).max(HEAD));
        let head = format!("{} rotate({:.1})", end.translate(), start.heading(end));
        Some(html! {
            <g key={voter.id.number()} class="support">
                <path class="shaft" d={line_path(start, end)} />
                <path class="head" transform={head} d={format!("M0 -4.5L{HEAD} 0L0 4.5Z")} />
            </g>
        })
    };
    html! {
        <g class="supports" aria-hidden="true">{ for props.servers.iter().filter_map(support) }</g>
    }
}

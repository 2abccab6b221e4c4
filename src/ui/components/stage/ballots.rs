//! The ballots beside a candidate: one for each voter, granted, denied or still open.

use yew::prelude::*;

use crate::ui::scene::{Layout, Point};
use crate::ui::view::ServerModel;

/// Nothing unless the server campaigns among several voters.
pub fn ballots(server: &ServerModel, layout: &Layout) -> Html {
    if !server.campaigns() || server.voters.len() < 2 {
        return Html::default();
    }
    let positions = layout.ballots(server.id, server.voters.len());
    let ballot = |(voter, at): (_, Point)| {
        let transform = at.translate();
        if server.granted.contains(voter) {
            html! {
                <g class="ballot yes" {transform}>
                    <circle r="5.5" /><path d="M-2.6 .2L-.8 2.2L2.8 -2" />
                </g>
            }
        } else if server.rejected.contains(voter) {
            html! {
                <g class="ballot no" {transform}>
                    <circle r="5.5" /><path d="M-2 -2L2 2M2 -2L-2 2" />
                </g>
            }
        } else {
            html! { <g class="ballot" {transform}><circle r="5" /></g> }
        }
    };
    server.voters.iter().zip(positions).map(ballot).collect()
}

//! The ballots of a candidacy, beside the candidate: who has said yes, who no, who nothing yet.

use yew::prelude::*;

use crate::ui::markup::html;
use crate::ui::view::ServerModel;

use super::geometry::{Layout, moved_to};

/// The ballots of that server, where it campaigns.
pub fn ballots(server: &ServerModel, layout: &Layout) -> Html {
    if !server.campaigns() || server.voters.len() < 2 {
        return Html::default();
    }
    let places = layout.ballots(server.id, server.voters.len());
    let ballot = |(voter, place): (_, super::geometry::Point)| {
        let at = moved_to(place);
        if server.granted.contains(voter) {
            return html! { <g class="ballot yes" transform={at}><circle r="5.5" /><path d="M-2.6 .2L-.8 2.2L2.8 -2" /></g> };
        }
        if server.rejected.contains(voter) {
            return html! { <g class="ballot no" transform={at}><circle r="5.5" /><path d="M-2 -2L2 2M2 -2L-2 2" /></g> };
        }
        html! { <g class="ballot" transform={at}><circle r="5" /></g> }
    };
    server.voters.iter().zip(places).map(ballot).collect()
}

//! The items of a link's menu.

use crate::raft::{ServerId, ServerSet};
use crate::sim::{Act, Ends, LinkQuality, Servers};
use crate::ui::state::Dialog;
use crate::ui::text;
use crate::ui::view::{LinkModel, LinkOwn};

use super::items::MenuItem;

pub fn link_items(link: &LinkModel) -> Vec<MenuItem> {
    let end = |id: ServerId| Ends::Servers(Servers::Named(ServerSet::only(id)));
    let cut =
        |from: ServerId, to: ServerId, both: bool| Act::Cut { from: end(from), to: end(to), both };
    let (a, b) = (link.a, link.b);
    let (forward_up, backward_up) = (link.state.forward_up(), link.state.backward_up());
    let cut_item = |name: String, act: Act, up: bool| {
        MenuItem::act(name, act).unless((!up).then_some("already cut"))
    };
    let default = Act::Link { from: end(a), to: end(b), both: true, quality: LinkQuality::DEFAULT };
    vec![
        cut_item("Cut both ways".into(), cut(a, b, true), forward_up || backward_up),
        cut_item(format!("Cut {}", text::way(a, b)), cut(a, b, false), forward_up),
        cut_item(format!("Cut {}", text::way(b, a)), cut(b, a, false), backward_up),
        MenuItem::act("Heal", Act::Heal(Some((end(a), end(b)))))
            .unless((forward_up && backward_up).then_some("already up")),
        MenuItem::open(text::LINK_OWN, Dialog::Link(a, b)).now(present(link)),
        MenuItem::act(text::LINK_DEFAULT, default)
            .unless((!link.has_own()).then_some(text::NOTHING_OWN)),
    ]
}

/// The present latency and loss of a link: of both directions, if they differ.
fn present(link: &LinkModel) -> String {
    let (loss_forward, loss_backward) = link.losses();
    let of = |own: &LinkOwn, loss_ppm| {
        text::own_label(Some(own.latency.unwrap_or(link.latency)), Some(loss_ppm))
    };
    let (forward, backward) = (of(&link.forward, loss_forward), of(&link.backward, loss_backward));
    if forward == backward {
        return forward;
    }
    let way = |from, to, values| format!("{}: {values}", text::way(from, to));
    format!("{}; {}", way(link.a, link.b, forward), way(link.b, link.a, backward))
}

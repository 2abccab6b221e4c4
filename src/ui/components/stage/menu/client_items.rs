//! The items of a client's menu.

use crate::raft::{ClientId, ServerSet};
use crate::sim::{Act, Ends, Servers};

use super::items::MenuItem;

/// `cut`: for each server, whether a direction of the client's link to it is cut.
pub fn client_items(client: ClientId, cut: Vec<bool>) -> Vec<MenuItem> {
    let ends = || (Ends::Mixed(ServerSet::EMPTY, vec![client]), Ends::Servers(Servers::All));
    let (from, to) = ends();
    let all_cut = cut.iter().all(|cut| *cut);
    let none_cut = !cut.contains(&true);
    vec![
        MenuItem::act("Cut off from all servers", Act::Cut { from, to, both: true })
            .unless(all_cut.then_some("already cut off")),
        MenuItem::act("Heal its links", Act::Heal(Some(ends())))
            .unless(none_cut.then_some("no link is cut")),
    ]
}

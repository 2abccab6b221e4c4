//! The items of the menus.

use crate::raft::{ServerId, ServerSet};
use crate::sim::{Act, Ends, Servers};
use crate::ui::state::Menu;
use crate::ui::text;
use crate::ui::view::{ClusterModel, LinkModel, Membership, ServerModel};

use super::unavailable::unavailable;

pub struct MenuItem {
    pub name: String,
    pub act: Act,
    /// Why it cannot be chosen now.
    pub unavailable: Option<&'static str>,
}

pub fn menu_items(menu: Menu, cluster: &ClusterModel) -> Vec<MenuItem> {
    match menu {
        Menu::Server(id) => {
            cluster.server(id).map_or_else(Vec::new, |server| server_items(server, cluster))
        }
        Menu::Link(a, b) => {
            let link = cluster.links.iter().find(|link| (link.a, link.b) == (a, b));
            link.map_or_else(Vec::new, link_items)
        }
    }
}

fn server_items(server: &ServerModel, cluster: &ClusterModel) -> Vec<MenuItem> {
    let only = || Servers::Named(ServerSet::only(server.id));
    let always = [
        ("Crash", Act::Crash(only())),
        ("Restart", Act::Restart(only())),
        ("Pause", Act::Pause(only(), None)),
        ("Resume", Act::Resume(only())),
        ("Isolate", Act::Isolate(only())),
        ("Time out", Act::Timeout(only())),
        ("Transfer leadership here", Act::Transfer(only())),
        ("Take a snapshot", Act::Snapshot(only())),
        ("Wipe the disk", Act::Wipe(only())),
    ];
    let add = |learner: bool| Act::Add { server: only(), learner };
    let remove = ("Remove from the cluster", Act::Remove(only()));
    let changes = match server.membership {
        Membership::Voter => vec![remove],
        Membership::Learner => vec![("Promote to a voter", Act::Promote(only())), remove],
        Membership::CatchingUp => vec![("Stop adding it", Act::Remove(only()))],
        Membership::Outside => {
            vec![("Add to the cluster", add(false)), ("Add as a learner", add(true))]
        }
    };
    let item = |(name, act): (&str, Act)| MenuItem {
        name: name.to_string(),
        unavailable: unavailable(&act, server, cluster.servers.len(), cluster.leader),
        act,
    };
    always.into_iter().chain(changes).map(item).collect()
}

fn link_items(link: &LinkModel) -> Vec<MenuItem> {
    let end = |id: ServerId| Ends::Servers(Servers::Named(ServerSet::only(id)));
    let cut =
        |from: ServerId, to: ServerId, both: bool| Act::Cut { from: end(from), to: end(to), both };
    let (a, b) = (link.a, link.b);
    let (forward_up, backward_up) = (link.state.forward_up(), link.state.backward_up());
    let cut_item = |name: String, act: Act, up: bool| MenuItem {
        name,
        act,
        unavailable: (!up).then_some("already cut"),
    };
    let (name_a, name_b) = (text::server(a), text::server(b));
    vec![
        cut_item("Cut both ways".into(), cut(a, b, true), forward_up || backward_up),
        cut_item(format!("Cut {name_a} to {name_b}"), cut(a, b, false), forward_up),
        cut_item(format!("Cut {name_b} to {name_a}"), cut(b, a, false), backward_up),
        MenuItem {
            name: "Heal".into(),
            act: Act::Heal(Some((end(a), end(b)))),
            unavailable: (forward_up && backward_up).then_some("already up"),
        },
    ]
}

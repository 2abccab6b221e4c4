//! The items of the menus.

use crate::raft::{ServerId, ServerSet};
use crate::sim::{Act, Ends, LinkQuality, Servers};
use crate::ui::state::{Dialog, Menu};
use crate::ui::text;
use crate::ui::view::{ClusterModel, LinkModel, LinkOwn, Membership, ServerModel};

use super::unavailable::unavailable;

/// What an item does.
#[derive(Clone)]
pub enum MenuChoice {
    Act(Act),
    Open(Dialog),
}

pub struct MenuItem {
    pub name: String,
    pub choice: MenuChoice,
    /// What is so now.
    pub detail: Option<String>,
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
        detail: None,
        choice: MenuChoice::Act(act),
    };
    always.into_iter().chain(changes).map(item).collect()
}

fn link_items(link: &LinkModel) -> Vec<MenuItem> {
    let end = |id: ServerId| Ends::Servers(Servers::Named(ServerSet::only(id)));
    let cut =
        |from: ServerId, to: ServerId, both: bool| Act::Cut { from: end(from), to: end(to), both };
    let (a, b) = (link.a, link.b);
    let (forward_up, backward_up) = (link.state.forward_up(), link.state.backward_up());
    let item = |name: String, act: Act, unavailable: Option<&'static str>| MenuItem {
        name,
        choice: MenuChoice::Act(act),
        detail: None,
        unavailable,
    };
    let cut_item =
        |name: String, act: Act, up: bool| item(name, act, (!up).then_some("already cut"));
    let heal = Act::Heal(Some((end(a), end(b))));
    let default = Act::Link { from: end(a), to: end(b), both: true, quality: LinkQuality::DEFAULT };
    vec![
        cut_item("Cut both ways".into(), cut(a, b, true), forward_up || backward_up),
        cut_item(format!("Cut {}", text::way(a, b)), cut(a, b, false), forward_up),
        cut_item(format!("Cut {}", text::way(b, a)), cut(b, a, false), backward_up),
        item("Heal".into(), heal, (forward_up && backward_up).then_some("already up")),
        MenuItem {
            name: text::LINK_OWN.into(),
            choice: MenuChoice::Open(Dialog::Link(a, b)),
            detail: Some(present(link)),
            unavailable: None,
        },
        item(text::LINK_DEFAULT.into(), default, (!link.has_own()).then_some(text::NOTHING_OWN)),
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

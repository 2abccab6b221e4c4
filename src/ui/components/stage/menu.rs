//! The menu of a server or of a link. The arrow keys walk through it, Escape gives the focus back;
//! what does not apply just now stays in its place and says why.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::{ServerId, ServerSet};
use crate::sim::{Act, Ends, Servers};
use crate::ui::decimal::fixed;
use crate::ui::desk::{Desk, desk};
use crate::ui::hooks::use_effect_on;
use crate::ui::markup::html;
use crate::ui::part::part;
use crate::ui::platform::dom;
use crate::ui::platform::listen::on_press_outside;
use crate::ui::state::{Action, Menu};
use crate::ui::text::{self, Unfit, unfit};
use crate::ui::view::{Picture, Place};

use super::geometry::Layout;

/// Roughly how large a menu is, in pixels, to keep it on the stage.
const MENU_SIZE: (f64, f64) = (236.0, 388.0);

struct Item {
    name: String,
    act: Act,
    /// Why it cannot be chosen.
    unfit: Option<&'static str>,
}

/// Properties of the open menu.
#[derive(Clone, PartialEq)]
pub struct MenuProps {
    /// Whose menu it is.
    pub menu: Menu,
    /// What there is to act on.
    pub picture: Rc<Picture>,
    /// Where it is.
    pub layout: Rc<Layout>,
}

part!(MenuProps, use_open_menu);

/// The open menu.
#[hook]
fn use_open_menu(props: &MenuProps) -> Html {
    let desk = desk();
    let root = use_node_ref();
    {
        let (root, desk) = (root.clone(), desk.clone());
        let (menu, layout) = (props.menu, props.layout.clone());
        use_effect_on((menu, layout), move |(menu, layout)| {
            let element = root.cast::<dom::Element>();
            let listener = element.map(|element| {
                place(&element, *menu, layout);
                if let Some(first) = dom::all_within(&element, "[role=menuitem]").first() {
                    dom::focus(first);
                }
                on_press_outside(element, move || desk.say(Action::CloseMenu))
            });
            move || drop(listener)
        });
    }
    let close = {
        let (desk, menu) = (desk.clone(), props.menu);
        Callback::from(move |()| {
            desk.say(Action::CloseMenu);
            dom::focus_on(&opener(menu));
        })
    };
    let onkeydown = {
        let (root, close) = (root.clone(), close.clone());
        Callback::from(move |event: KeyboardEvent| walk(&event, &root, &close))
    };
    let items = items(props);
    html! {
        <div class="menu" role="menu" aria-label={title(props.menu)} ref={root} {onkeydown}>
            <p class="menu-title" aria-hidden="true">{ title(props.menu) }</p>
            { for items.into_iter().map(|item| view(item, &desk, props, &close)) }
        </div>
    }
}

fn view(item: Item, desk: &Desk, props: &MenuProps, close: &Callback<()>) -> Html {
    let unfit = item.unfit;
    let onclick = {
        let (desk, close) = (desk.clone(), close.clone());
        let crashes_leader = is_crash_of_leader(&item.act, &props.picture);
        let act = item.act.clone();
        Callback::from(move |_: MouseEvent| {
            if unfit.is_some() {
                return;
            }
            close.emit(());
            if desk.player.act(act.clone()) && crashes_leader {
                desk.say(Action::LeaderCrashed);
            }
        })
    };
    html! {
        <button
            key={item.name.clone()}
            type="button"
            role="menuitem"
            tabindex="-1"
            aria-disabled={unfit.map(|_| "true")}
            {onclick}
        >
            { &item.name }
            if let Some(reason) = unfit {
                <small>{ reason }</small>
            }
        </button>
    }
}

fn is_crash_of_leader(act: &Act, picture: &Picture) -> bool {
    match (act, picture.leader) {
        (Act::Crash(Servers::Named(set)), Some(leader)) => set.contains(leader),
        _ => false,
    }
}

fn items(props: &MenuProps) -> Vec<Item> {
    match props.menu {
        Menu::Server(id) => server_items(id, &props.picture),
        Menu::Link(a, b) => link_items(a, b, &props.picture),
    }
}

fn server_items(id: ServerId, picture: &Picture) -> Vec<Item> {
    let Some(server) = picture.server(id) else { return Vec::new() };
    let only = || Servers::Named(ServerSet::only(id));
    let fixed = [
        ("Crash", Act::Crash(only()), Unfit::Crash),
        ("Restart", Act::Restart(only()), Unfit::Restart),
        ("Pause", Act::Pause(only(), None), Unfit::Pause),
        ("Resume", Act::Resume(only()), Unfit::Resume),
        ("Isolate", Act::Isolate(only()), Unfit::Isolate),
        ("Time out", Act::Timeout(only()), Unfit::TimeOut),
        ("Hand leadership over", Act::Transfer(only()), Unfit::Transfer),
        ("Take a snapshot", Act::Snapshot(only()), Unfit::Snapshot),
        ("Wipe its disk", Act::Wipe(only()), Unfit::Wipe),
    ];
    let add = |learner: bool| Act::Add { server: only(), learner };
    let remove = ("Remove from the cluster", Act::Remove(only()), Unfit::Remove);
    let changes = match server.place {
        Place::Voter => vec![remove],
        Place::Learner => vec![("Promote to a voter", Act::Promote(only()), Unfit::Change), remove],
        Place::Outside => vec![
            ("Add to the cluster", add(false), Unfit::Change),
            ("Add as a learner", add(true), Unfit::Change),
        ],
    };
    fixed
        .into_iter()
        .chain(changes)
        .map(|(name, act, what)| Item {
            name: name.to_string(),
            act,
            unfit: unfit(what, server, picture.servers.len(), picture.leader),
        })
        .collect()
}

fn link_items(a: ServerId, b: ServerId, picture: &Picture) -> Vec<Item> {
    let Some(link) = picture.links.iter().find(|link| (link.a, link.b) == (a, b)) else {
        return Vec::new();
    };
    let end = |id: ServerId| Ends::Servers(Servers::Named(ServerSet::only(id)));
    let cut =
        |from: ServerId, to: ServerId, both: bool| Act::Cut { from: end(from), to: end(to), both };
    let (forth, back) = (link.state.forth_up(), link.state.back_up());
    let (name_a, name_b) = (text::server(a), text::server(b));
    let already = |up: bool| (!up).then_some("it is cut already");
    vec![
        Item { name: "Cut both ways".into(), act: cut(a, b, true), unfit: already(forth || back) },
        Item {
            name: format!("Cut {name_a} to {name_b}"),
            act: cut(a, b, false),
            unfit: already(forth),
        },
        Item {
            name: format!("Cut {name_b} to {name_a}"),
            act: cut(b, a, false),
            unfit: already(back),
        },
        Item {
            name: "Heal".into(),
            act: Act::Heal(Some((end(a), end(b)))),
            unfit: (forth && back).then_some("it is up"),
        },
    ]
}

fn title(menu: Menu) -> String {
    match menu {
        Menu::Server(id) => text::server(id),
        Menu::Link(a, b) => format!("Link {} to {}", text::server(a), text::server(b)),
    }
}

/// What opened the menu, and gets the focus back.
fn opener(menu: Menu) -> String {
    match menu {
        Menu::Server(id) => format!("[data-server=\"{}\"]", id.number()),
        Menu::Link(a, b) => format!("[data-link=\"{}-{}\"]", a.number(), b.number()),
    }
}

fn walk(event: &KeyboardEvent, root: &NodeRef, close: &Callback<()>) {
    let Some(root) = root.cast::<dom::Element>() else { return };
    let items = dom::all_within(&root, "[role=menuitem]");
    let focused = dom::focused();
    let at = items.iter().position(|item| Some(item) == focused.as_ref()).unwrap_or(0);
    let next = match event.key().as_str() {
        "ArrowDown" => (at + 1) % items.len().max(1),
        "ArrowUp" => (at + items.len().saturating_sub(1)) % items.len().max(1),
        "Home" => 0,
        "End" => items.len().saturating_sub(1),
        "Escape" | "Tab" => {
            event.prevent_default();
            event.stop_propagation();
            close.emit(());
            return;
        }
        // A letter goes to the next item that begins with it.
        letter if letter.chars().count() == 1 && letter != " " => {
            event.stop_propagation();
            let begins = |item: &dom::Element| {
                let name = item.text_content().unwrap_or_default().to_ascii_lowercase();
                name.starts_with(&letter.to_ascii_lowercase())
            };
            let turned = (1..=items.len()).map(|step| (at + step) % items.len());
            match turned.into_iter().find(|place| begins(&items[*place])) {
                Some(place) => place,
                None => return,
            }
        }
        _ => {
            event.stop_propagation();
            return;
        }
    };
    event.prevent_default();
    event.stop_propagation();
    if let Some(item) = items.get(next) {
        dom::focus(item);
    }
}

/// Beside what it is of, and on the stage.
fn place(element: &dom::Element, menu: Menu, layout: &Layout) {
    let (at, gap) = match menu {
        Menu::Server(id) => (layout.server(id), layout.timer_radius() + 10.0),
        Menu::Link(a, b) => (layout.server(a).towards(layout.server(b), 0.5), 14.0),
    };
    let fits_right = at.x + gap + MENU_SIZE.0 <= layout.width;
    let x = if fits_right { at.x + gap } else { at.x - gap - MENU_SIZE.0 };
    let x = x.min(layout.width - MENU_SIZE.0 - 4.0).max(4.0);
    let y = (at.y - 40.0).min(layout.height - MENU_SIZE.1 - 4.0).max(4.0);
    dom::set_style(element, "left", &format!("{}px", fixed(x, 0)));
    dom::set_style(element, "top", &format!("{}px", fixed(y, 0)));
}

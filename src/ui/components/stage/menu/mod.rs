//! The menu of a thing on the stage. The arrow keys walk through it, Escape returns the focus. What
//! applies comes first; the rest stands under More, with the reasons.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::{ClientId, ServerId};
use crate::sim::Act;
use crate::ui::actions::{ActionSection, PageAction, PageCommand};
use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::platform::listen::on_press_outside;
use crate::ui::player::Player;
use crate::ui::scene::Layout;
use crate::ui::state::{Action, Menu, Selection};
use crate::ui::text;
use crate::ui::view::ClusterModel;

use client_items::client_items;
use items::{MenuChoice, MenuItem, ValueQuestion};
use link_items::link_items;
use message_items::message_items;
use server_items::server_items;
use value_form::ValueForm;

mod client_items;
mod items;
mod link_items;
mod message_items;
mod place;
mod server_items;
mod unavailable;
mod value_form;

/// This number of items that do not apply needs no More.
const FEW: usize = 2;

/// The items of the menus of servers and links, for the palette.
pub fn menu_actions(cluster: &ClusterModel) -> Vec<PageAction> {
    let mut actions = Vec::new();
    for server in cluster.servers.iter() {
        let action =
            listed(ActionSection::Cluster, Menu::Server(server.id), text::server(server.id));
        let items = permitted(server_items(server, cluster), cluster);
        actions.extend(items.map(action));
    }
    for link in cluster.links.iter() {
        let place = format!("Link {} to {}", text::server(link.a), text::server(link.b));
        let action = listed(ActionSection::Network, Menu::Link(link.a, link.b), place);
        actions.extend(permitted(link_items(link), cluster).map(action));
    }
    actions
}

/// The items; those that the person may not choose now are unavailable.
fn permitted(items: Vec<MenuItem>, cluster: &ClusterModel) -> impl Iterator<Item = MenuItem> {
    items.into_iter().map(|item| item.permitted(&cluster.permissions))
}

/// The menu items of the selected client or message. Those of a server or a link are in the model.
pub fn selected_actions(selection: Option<Selection>, player: &Player) -> Vec<PageAction> {
    let (menu, items) = match selection {
        Some(Selection::Client(id)) => (Menu::Client(id), client_items(id, cut_links(id, player))),
        Some(Selection::Message(id)) => {
            (Menu::Message(id), player.with_world(|world| message_items(world, id)))
        }
        _ => return Vec::new(),
    };
    let action = listed(ActionSection::Network, menu, title(menu, player));
    items.into_iter().map(action).collect()
}

/// An item that asks for a value opens its menu.
fn listed(section: ActionSection, menu: Menu, place: String) -> impl Fn(MenuItem) -> PageAction {
    move |item| {
        let command = match item.choice {
            MenuChoice::Act(act) => PageCommand::Perform(act),
            MenuChoice::Ask(_) => PageCommand::Change(Action::OpenMenu(menu)),
            MenuChoice::Open(dialog) => PageCommand::Change(Action::Open(dialog)),
        };
        PageAction::new(section, text::menu_item(&place, &item.name), command)
            .meaning(item.detail.unwrap_or_default())
            .unless(item.unavailable.as_deref())
    }
}

#[derive(Clone, PartialEq, Properties)]
pub struct OpenMenuProps {
    pub menu: Menu,
    pub cluster: Rc<ClusterModel>,
    pub layout: Rc<Layout>,
}

#[component]
pub fn OpenMenu(props: &OpenMenuProps) -> Html {
    let page = use_page();
    let root = use_node_ref();
    let question = use_state(|| None::<ValueQuestion>);
    let shows_all = use_state_eq(|| false);
    use_opening(&root, props.menu, question.is_some());
    use_place(&root, props, question.is_some(), *shows_all);
    let close = {
        let (page, menu) = (page.clone(), props.menu);
        Callback::from(move |()| {
            page.dispatch(Action::CloseMenu);
            dom::focus_on(&opener(menu));
        })
    };
    let act = {
        let close = close.clone();
        page.callback(move |page, act: Act| {
            close.emit(());
            page.player.act(act);
        })
    };
    let back = {
        let question = question.setter();
        Callback::from(move |()| question.set(None))
    };
    let leave = if question.is_some() { back.clone() } else { close.clone() };
    let onkeydown = keys(&root, leave);
    let choose = {
        let (act, question, close) = (act.clone(), question.setter(), close.clone());
        page.callback(move |page, choice: MenuChoice| match choice {
            MenuChoice::Act(chosen) => act.emit(chosen),
            MenuChoice::Ask(asked) => question.set(Some(asked)),
            MenuChoice::Open(dialog) => {
                close.emit(());
                page.dispatch(Action::Open(dialog));
            }
        })
    };
    if let Some(asked) = &*question {
        return html! {
            <div
                key="form"
                class="menu"
                popover="manual"
                role="dialog"
                aria-label={asked.label.clone()}
                ref={root}
                {onkeydown}
            >
                <ValueForm question={asked.clone()} answer={act} cancel={back} />
            </div>
        };
    }
    let title = title(props.menu, &page.player);
    html! {
        <div
            key="menu"
            class="menu"
            popover="manual"
            role="menu"
            aria-label={title.clone()}
            ref={root}
            {onkeydown}
        >
            <p class="menu-title" aria-hidden="true">{ title }</p>
            { items(menu_items(props.menu, &props.cluster, &page.player), choose, &shows_all) }
        </div>
    }
}

/// The items, those that apply first. The order is otherwise that of the menu.
fn menu_items(menu: Menu, cluster: &ClusterModel, player: &Player) -> Vec<MenuItem> {
    let items = match menu {
        Menu::Server(id) => {
            cluster.server(id).map_or_else(Vec::new, |server| server_items(server, cluster))
        }
        Menu::Link(a, b) => {
            let link = cluster.links.iter().find(|link| (link.a, link.b) == (a, b));
            link.map_or_else(Vec::new, link_items)
        }
        Menu::Client(id) => client_items(id, cut_links(id, player)),
        Menu::Message(id) => player.with_world(|world| message_items(world, id)),
    };
    let (mut items, unavailable): (Vec<MenuItem>, Vec<_>) =
        permitted(items, cluster).partition(|item| item.unavailable.is_none());
    items.extend(unavailable);
    items
}

/// For each server, whether a direction of the client's link to it is cut.
fn cut_links(client: ClientId, player: &Player) -> Vec<bool> {
    player.with_world(|world| {
        let up = |from, to| world.link_up(from, to);
        let cut = |server: ServerId| {
            !up(client.into(), server.into()) || !up(server.into(), client.into())
        };
        world.server_ids().iter().map(cut).collect()
    })
}

/// Opens the menu above the page, focuses its first item and closes it on a press outside.
#[hook]
fn use_opening(root: &NodeRef, menu: Menu, asks: bool) {
    let page = use_page();
    let root = root.clone();
    use_effect_with((menu, asks), move |_| {
        let listener = root.cast::<dom::Element>().map(|element| {
            dom::show_popover(&element);
            if let Some(first) = dom::find_within(&element, "[role=menuitem], input") {
                dom::focus(&first);
            }
            on_press_outside(element, move || page.dispatch(Action::CloseMenu))
        });
        move || drop(listener)
    });
}

/// Places the menu whenever it opens or grows, or the stage has another size.
#[hook]
fn use_place(root: &NodeRef, props: &OpenMenuProps, asks: bool, shows_all: bool) {
    let root = root.clone();
    let place = (props.menu, props.layout.clone(), asks, shows_all);
    use_effect_with(place, move |(_, layout, ..)| {
        if let Some(element) = root.cast::<dom::Element>() {
            place::place(&element, layout);
        }
    });
}

/// The items that apply, and More with the others.
fn items(
    items: Vec<MenuItem>,
    choose: Callback<MenuChoice>,
    shows_all: &UseStateHandle<bool>,
) -> Html {
    let applying = items.iter().filter(|item| item.unavailable.is_none()).count();
    let others = items.len() - applying;
    let needs_more = others > FEW && applying > 0;
    let shown = if needs_more && !**shows_all { applying } else { items.len() };
    let buttons = items.into_iter().take(shown).map(|item| button(item, choose.clone()));
    let mut buttons: Vec<Html> = buttons.collect();
    if needs_more {
        buttons.insert(applying, more(others, shows_all));
    }
    // One list with keys throughout, so that More keeps the focus when the list grows.
    html! { { for buttons } }
}

/// The button that shows the items that do not apply.
fn more(others: usize, shows_all: &UseStateHandle<bool>) -> Html {
    let onclick = {
        let shows_all = shows_all.clone();
        Callback::from(move |_: MouseEvent| shows_all.set(!*shows_all))
    };
    html! {
        <button
            key="More"
            type="button"
            role="menuitem"
            tabindex="0"
            class="more"
            aria-expanded={shows_all.to_string()}
            {onclick}
        >
            { text::MORE }
            <small>{ text::do_not_apply(others) }</small>
        </button>
    }
}

fn button(item: MenuItem, choose: Callback<MenuChoice>) -> Html {
    let MenuItem { name, choice, detail, unavailable } = item;
    let applies = unavailable.is_none();
    let onclick = Callback::from(move |_: MouseEvent| {
        if applies {
            choose.emit(choice.clone());
        }
    });
    html! {
        <button
            key={name.clone()}
            type="button"
            role="menuitem"
            tabindex="0"
            aria-disabled={(!applies).then_some("true")}
            {onclick}
        >
            { name }
            if let Some(reason) = unavailable {
                <small>{ reason }</small>
            } else if let Some(detail) = detail {
                <small>{ detail }</small>
            }
        </button>
    }
}

fn title(menu: Menu, player: &Player) -> String {
    match menu {
        Menu::Server(id) => text::server(id),
        Menu::Link(a, b) => text::link(a, b),
        Menu::Client(id) => format!("{id:#}"),
        Menu::Message(id) => player.with_world(|world| {
            world.message(id).map_or_else(
                || text::A_MESSAGE.to_owned(),
                |(_, flight)| text::message_name(&flight.message, false),
            )
        }),
    }
}

/// The selector of the button that opened the menu, which gets the focus back.
fn opener(menu: Menu) -> String {
    match menu {
        Menu::Server(id) => format!("[data-server=\"{}\"]", id.number()),
        Menu::Link(a, b) => format!("[data-link=\"{}-{}\"]", a.number(), b.number()),
        Menu::Client(id) => format!("[data-client=\"{}\"]", id.number()),
        Menu::Message(id) => format!("[data-message=\"{id}\"]"),
    }
}

fn keys(root: &NodeRef, leave: Callback<()>) -> Callback<KeyboardEvent> {
    let root = root.clone();
    Callback::from(move |event: KeyboardEvent| handle_key(&event, &root, &leave))
}

fn handle_key(event: &KeyboardEvent, root: &NodeRef, close: &Callback<()>) {
    let Some(root) = root.cast::<dom::Element>() else { return };
    let key = event.key();
    let is_form = dom::find_within(&root, "form").is_some();
    if key == "Escape" || key == "Tab" && !is_form {
        event.prevent_default();
        event.stop_propagation();
        close.emit(());
        return;
    }
    if is_form {
        // The keys belong to the field, and are no shortcuts of the page.
        event.stop_propagation();
        return;
    }
    let items = dom::all_within(&root, "[role=menuitem]");
    let focused = dom::focused();
    let at = items.iter().position(|item| Some(item) == focused.as_ref()).unwrap_or(0);
    let is_letter = key.chars().count() == 1 && key != " ";
    let next = match key.as_str() {
        "ArrowDown" => Some((at + 1) % items.len().max(1)),
        "ArrowUp" => Some((at + items.len().saturating_sub(1)) % items.len().max(1)),
        "Home" => Some(0),
        "End" => Some(items.len().saturating_sub(1)),
        letter if is_letter => next_with_initial(&items, at, letter),
        _ => None,
    };
    event.stop_propagation();
    if let Some(next) = next {
        event.prevent_default();
        items.get(next).into_iter().for_each(dom::focus);
    }
}

/// The next item after that one whose name begins with the letter.
fn next_with_initial(items: &[dom::Element], at: usize, letter: &str) -> Option<usize> {
    let letter = letter.to_ascii_lowercase();
    let matches = |place: &usize| {
        let name = items[*place].text_content().unwrap_or_default();
        name.to_ascii_lowercase().starts_with(&letter)
    };
    (1..=items.len()).map(|step| (at + step) % items.len()).find(matches)
}

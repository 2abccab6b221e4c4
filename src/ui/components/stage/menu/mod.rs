//! The menu of a server or a link. The arrow keys walk through it, Escape returns the focus. Items
//! that do not apply stay in their place and give the reason.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::platform::listen::on_press_outside;
use crate::ui::scene::Layout;
use crate::ui::state::{Action, Menu};
use crate::ui::text;
use crate::ui::view::ClusterModel;

use items::{MenuChoice, MenuItem, menu_items};

mod items;
mod unavailable;

/// In pixels; the same as in styles/stage.css.
const MENU_WIDTH: f64 = 300.0;
/// The room that a server's menu usually needs, in pixels. Menus of every height open at the same
/// place, as long as they fit.
const MENU_HEIGHT: f64 = 388.0;

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
    use_opening(&root, props);
    let close = {
        let (page, menu) = (page.clone(), props.menu);
        Callback::from(move |()| {
            page.dispatch(Action::CloseMenu);
            dom::focus_on(&opener(menu));
        })
    };
    let onkeydown = {
        let (root, close) = (root.clone(), close.clone());
        Callback::from(move |event: KeyboardEvent| handle_key(&event, &root, &close))
    };
    let choose = page.callback(move |page, choice: MenuChoice| {
        close.emit(());
        match choice {
            MenuChoice::Act(act) => {
                page.player.act(act);
            }
            MenuChoice::Open(dialog) => page.dispatch(Action::Open(dialog)),
        }
    });
    let items = menu_items(props.menu, &props.cluster);
    html! {
        <div class="menu" role="menu" aria-label={title(props.menu)} ref={root} {onkeydown}>
            <p class="menu-title" aria-hidden="true">{ title(props.menu) }</p>
            { for items.into_iter().map(|item| button(item, choose.clone())) }
        </div>
    }
}

/// Positions the open menu, focuses its first item and closes it on a press outside.
#[hook]
fn use_opening(root: &NodeRef, props: &OpenMenuProps) {
    let page = use_page();
    let root = root.clone();
    use_effect_with((props.menu, props.layout.clone()), move |(menu, layout)| {
        let listener = root.cast::<dom::Element>().map(|element| {
            position(&element, *menu, layout);
            if let Some(first) = dom::all_within(&element, "[role=menuitem]").first() {
                dom::focus(first);
            }
            on_press_outside(element, move || page.dispatch(Action::CloseMenu))
        });
        move || drop(listener)
    });
}

fn button(item: MenuItem, choose: Callback<MenuChoice>) -> Html {
    let MenuItem { name, choice, detail, unavailable } = item;
    let onclick = Callback::from(move |_: MouseEvent| {
        if unavailable.is_none() {
            choose.emit(choice.clone());
        }
    });
    html! {
        <button
            key={name.clone()}
            type="button"
            role="menuitem"
            tabindex="-1"
            aria-disabled={unavailable.map(|_| "true")}
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

fn title(menu: Menu) -> String {
    match menu {
        Menu::Server(id) => text::server(id),
        Menu::Link(a, b) => text::link(a, b),
    }
}

/// The selector of the button that opened the menu, which gets the focus back.
fn opener(menu: Menu) -> String {
    match menu {
        Menu::Server(id) => format!("[data-server=\"{}\"]", id.number()),
        Menu::Link(a, b) => format!("[data-link=\"{}-{}\"]", a.number(), b.number()),
    }
}

fn handle_key(event: &KeyboardEvent, root: &NodeRef, close: &Callback<()>) {
    let Some(root) = root.cast::<dom::Element>() else { return };
    let key = event.key();
    if matches!(key.as_str(), "Escape" | "Tab") {
        event.prevent_default();
        event.stop_propagation();
        close.emit(());
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

/// Beside the server or link, and inside the stage.
fn position(element: &dom::Element, menu: Menu, layout: &Layout) {
    let (at, gap) = match menu {
        Menu::Server(id) => (layout.server(id), layout.timer_radius() + 10.0),
        Menu::Link(a, b) => (layout.server(a).towards(layout.server(b), 0.5), 14.0),
    };
    let height = dom::size_of(element).1.max(MENU_HEIGHT);
    let fits_right = at.x + gap + MENU_WIDTH <= layout.width;
    let x = if fits_right { at.x + gap } else { at.x - gap - MENU_WIDTH };
    let x = x.min(layout.width - MENU_WIDTH - 4.0).max(4.0);
    let y = (at.y - 40.0).min(layout.height - height - 4.0).max(4.0);
    dom::set_style(element, "left", &format!("{x:.0}px"));
    dom::set_style(element, "top", &format!("{y:.0}px"));
}

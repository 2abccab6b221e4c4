//! The clients at the edges of the stage: buttons, each joined to the server that it talks to.
//! While a redirect is followed, the way over its sender is drawn, too.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::{Address, ClientId, ServerId};
use crate::ui::context::{PageContext, use_page};
use crate::ui::scene::{CLIENT_HALF, Layout, line_path};
use crate::ui::state::{Action, Menu, Selection};
use crate::ui::view::ClientModel;

use crate::ui::components::roving_focus::{ButtonPlace, use_roving_focus};

#[derive(Clone, PartialEq, Properties)]
pub struct ClientsProps {
    pub clients: Rc<Vec<ClientModel>>,
    pub layout: Rc<Layout>,
    /// The client whose menu is open.
    pub menu: Option<ClientId>,
}

/// The lines, below the servers.
#[component]
pub fn ClientLines(props: &ClientsProps) -> Html {
    let clients = props.clients.iter();
    html! {
        <g aria-hidden="true">
            { for clients.clone().filter_map(|client| redirect(client, &props.layout)) }
            { for clients.filter_map(|client| line(client, &props.layout)) }
        </g>
    }
}

/// To the server that it waits for, or that it would ask next.
fn line(client: &ClientModel, layout: &Layout) -> Option<Html> {
    let (server, waits) = client.talks_to()?;
    let (start, end) = layout.path(client.id.into(), server.into());
    let class = classes!("talks-to", waits.then_some("waits"));
    Some(html! { <path key={format!("line {}", client.id)} {class} d={line_path(start, end)} /> })
}

/// From the server that redirected it to the one that it was sent to.
fn redirect(client: &ClientModel, layout: &Layout) -> Option<Html> {
    let (from, to) = client.redirect?;
    let (start, end) = layout.path(from.into(), to.into());
    let heading = start.heading(end);
    let (asked, answered) = layout.path(client.id.into(), from.into());
    let middle = start.towards(end, 0.5);
    let head = format!("{} rotate({heading:.1})", end.translate());
    Some(html! {
        <g key={format!("redirect {}", client.id)} class="redirect">
            <path d={line_path(asked, answered)} />
            <path d={line_path(start, end)} />
            <path class="head" d="M-9 -5L0 0L-9 5Z" transform={head} />
            <text x={format!("{:.1}", middle.x)} y={format!("{:.1}", middle.y - 7.0)}>
                { "redirect" }
            </text>
        </g>
    })
}

#[component]
pub fn Clients(props: &ClientsProps) -> Html {
    let page = use_page();
    let selector = |place| format!("[data-client=\"{}\"]", place + 1);
    let focus = use_roving_focus(props.clients.len(), selector);
    if props.clients.is_empty() {
        return Html::default();
    }
    let button =
        |client: &ClientModel| button(client, props, &focus.place(client.id.slot()), page.clone());
    html! {
        <g class="clients" role="group" aria-label="Clients" onkeydown={focus.onkeydown.clone()}>
            { for props.clients.iter().map(button) }
        </g>
    }
}

fn button(
    client: &ClientModel,
    props: &ClientsProps,
    place: &ButtonPlace,
    page: PageContext,
) -> Html {
    let id = client.id;
    let (onclick, onkeydown) =
        place.handlers(move || page.dispatch(Action::OpenMenu(Menu::Client(id))));
    html! {
        <g
            key={id.number()}
            class="client"
            role="button"
            tabindex={place.tabindex}
            aria-label={client.button_name()}
            aria-haspopup="menu"
            aria-expanded={(props.menu == Some(id)).to_string()}
            data-client={id.number().to_string()}
            data-selection={Selection::Client(id).to_string()}
            transform={props.layout.position(Address::Client(id)).translate()}
            {onclick}
            {onkeydown}
        >
            { drawing(client) }
        </g>
    }
}

/// The client without its button, for the legend.
pub fn client_picture(client: &ClientModel, layout: &Layout) -> Html {
    let transform = layout.position(Address::Client(client.id)).translate();
    html! { <g class="client" {transform}>{ drawing(client) }</g> }
}

fn drawing(client: &ClientModel) -> Html {
    let (half_width, half_height) = CLIENT_HALF;
    html! {
        <>
            <rect
                x={format!("{:.0}", -half_width)}
                y={format!("{:.0}", -half_height)}
                width={format!("{:.0}", half_width * 2.0)}
                height={format!("{:.0}", half_height * 2.0)}
                rx={format!("{half_height:.0}")}
            />
            { face(client) }
        </>
    }
}

/// The name, and below it the command that the client waits for.
fn face(client: &ClientModel) -> Html {
    let name = format!("{:#}", client.id);
    match client.waits_for() {
        None => html! { <text y="4.5">{ name }</text> },
        Some((command, server)) => html! {
            <>
                <text y="-1">{ name }</text>
                <text class="waits-for" y="10">{ short(&command, server) }</text>
            </>
        },
    }
}

/// The longest text in a client, in letters.
const SHORT_LEN_MAX: usize = 8;

fn short(command: &str, server: Option<ServerId>) -> String {
    let to = server.map(|server| format!("→{server:#}")).unwrap_or_default();
    let room = SHORT_LEN_MAX.saturating_sub(to.chars().count());
    if command.chars().count() <= room {
        return format!("{command}{to}");
    }
    let start: String = command.chars().take(room.saturating_sub(1)).collect();
    format!("{start}…{to}")
}

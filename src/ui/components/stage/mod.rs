//! The stage: servers on a ring, links, clients, and the element in which messages move.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::{ClientId, ServerId};
use crate::ui::animation::StageElements;
use crate::ui::components::element_size::use_element_size;
use crate::ui::components::legend_button::LegendButton;
use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::scene::Layout;
use crate::ui::state::{Menu, PartitionDraft, Selection};
use crate::ui::text;
use crate::ui::view::ClusterModel;

use clients::Clients;
use conditions::Conditions;
use groups::Groups;
use links::Links;
use menu::OpenMenu;
use message_icon::MessagePrototypes;
use messages::Messages;
use partition_line::{DrawnLine, PartitionLine, use_line_begin};
use servers::Servers;
use sides::SideLabels;

mod ballots;
mod clients;
mod conditions;
mod groups;
mod latest_line;
mod links;
mod menu;
pub(in crate::ui) mod message_icon;
mod messages;
mod partition_line;
mod servers;
mod sides;

pub use ballots::{Supports, ballots};
pub use clients::{ClientLines, client_picture};
pub use latest_line::LatestLine;
pub use links::Lines;
pub use menu::{menu_actions, selected_actions};
pub use servers::{Pulses, server_picture};
pub use sides::Sides;

#[derive(Clone, PartialEq, Properties)]
pub struct StageProps {
    pub cluster: Rc<ClusterModel>,
    pub selection: Option<Selection>,
    pub menu: Option<Menu>,
    /// The groups of a partition while they are chosen.
    pub groups: Option<PartitionDraft>,
    /// Whether the legend stands on the page; `None` where there is no room for it.
    #[prop_or_default]
    pub legend: Option<bool>,
}

/// Everything that stands still is drawn here, from the ground up.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    let root = use_node_ref();
    let moving = use_moving();
    let line = use_state_eq(|| None::<DrawnLine>);
    let ground = use_node_ref();
    let cluster = &props.cluster;
    let layout = use_layout(&root, cluster.servers.len(), cluster.clients.len());
    use_animations(&moving, &layout, cluster.generation);

    let ondrag = use_line_begin(&line, &ground, layout.scale);
    let (links, servers) = (&cluster.links, &cluster.servers);
    let selected = match props.selection {
        Some(Selection::Server(id)) => Some(id),
        _ => None,
    };
    let (server_menu, client_menu, link_menu) = menu_by_component(props.menu);
    let view_box = format!("0 0 {:.1} {:.1}", layout.width, layout.height);
    html! {
        <>
            <section class="stage" aria-label={text::STAGE} ref={root}>
                <svg class="scene" viewBox={view_box} role="group" aria-label={text::STAGE}>
                    { hatch() }
                    <PartitionLine
                        {links}
                        layout={layout.clone()}
                        line={line.clone()}
                        ground={ground.clone()}
                    />
                    <Sides sides={&cluster.sides} layout={layout.clone()} />
                    <Lines {links} layout={layout.clone()} />
                    <ClientLines clients={&cluster.clients} layout={layout.clone()} menu={None} />
                    <Supports {servers} layout={layout.clone()} />
                    <SideLabels sides={&cluster.sides} layout={layout.clone()} />
                    <Servers {servers} layout={layout.clone()} {selected} menu={server_menu} />
                    <Links {links} layout={layout.clone()} menu={link_menu} />
                    <Clients
                        clients={&cluster.clients}
                        layout={layout.clone()}
                        menu={client_menu}
                    />
                    if let Some(draft) = props.groups {
                        <Groups {draft} {servers} layout={layout.clone()} />
                    }
                    // The last, because what stands above a layer of its own becomes one as well.
                    <Pulses latest={&cluster.latest} layout={layout.clone()} />
                </svg>
                <div class="moving" aria-hidden="true" ref={moving.timers} />
                <Messages
                    flights={moving.flights}
                    arrived={moving.arrived}
                    {ondrag}
                />
                <div class="prototypes" hidden=true aria-hidden="true" ref={moving.prototypes}>
                    <MessagePrototypes />
                </div>
                if let Some(shown) = props.legend {
                    <LegendButton {shown} />
                } else {
                    // A frame has no header with chips.
                    <Conditions settings={&cluster.settings} servers={servers.len()} />
                }
            </section>
            if let Some(menu) = props.menu {
                <OpenMenu {menu} {cluster} layout={layout.clone()} />
            }
        </>
    }
}

/// The open menu, by the component that it concerns: the servers, the clients, or the links.
fn menu_by_component(menu: Option<Menu>) -> (Option<ServerId>, Option<ClientId>, Option<Menu>) {
    match menu {
        Some(Menu::Server(id)) => (Some(id), None, None),
        Some(Menu::Client(id)) => (None, Some(id), None),
        other => (None, None, other),
    }
}

/// The pattern of crashed servers.
fn hatch() -> Html {
    html! {
        <defs>
            <pattern
                id="hatch"
                width="6"
                height="6"
                patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)"
            >
                <path d="M0 0V6" />
            </pattern>
        </defs>
    }
}

#[hook]
fn use_layout(root: &NodeRef, servers: usize, clients: usize) -> Rc<Layout> {
    let (width, height) = use_element_size(root);
    let layout =
        use_memo((width, height, servers, clients), |(width, height, servers, clients)| {
            Rc::new(Layout::new(f64::from(*width), f64::from(*height), *servers, *clients))
        });
    (*layout).clone()
}

/// The elements in which things move.
#[derive(Clone, Default)]
struct MovingElements {
    timers: NodeRef,
    flights: NodeRef,
    arrived: NodeRef,
    prototypes: NodeRef,
}

impl MovingElements {
    fn found(&self) -> Option<StageElements> {
        Some(StageElements {
            timers: self.timers.cast()?,
            messages: self.flights.cast()?,
            arrived: self.arrived.cast()?,
            prototypes: self.prototypes.cast()?,
        })
    }
}

#[hook]
fn use_moving() -> MovingElements {
    (*use_memo((), |()| MovingElements::default())).clone()
}

/// Gives the player the elements in which things move, and later each new layout.
#[hook]
fn use_animations(moving: &MovingElements, layout: &Rc<Layout>, generation: u64) {
    let page = use_page();
    let moving = moving.clone();
    let attached = use_mut_ref(|| false);
    use_effect_with((layout.clone(), generation), move |(layout, _)| {
        for layer in [&moving.timers, &moving.flights] {
            if let Some(layer) = layer.cast() {
                dom::set_style(&layer, "transform", &format!("scale({:.4})", layout.scale));
            }
        }
        if *attached.borrow() {
            page.player.relayout(layout.clone());
        } else if let Some(elements) = moving.found() {
            page.player.attach_animations(elements, layout.clone());
            *attached.borrow_mut() = true;
        }
    });
}

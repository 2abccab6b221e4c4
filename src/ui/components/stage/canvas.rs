//! The stage: its layers from the ground up, and its size.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::Address;
use crate::ui::decimal::fixed;
use crate::ui::desk::desk;
use crate::ui::hooks::{use_effect_on, use_kept};
use crate::ui::markup::html;
use crate::ui::part::{part, put};
use crate::ui::platform::dom;
use crate::ui::platform::listen::SizeWatch;
use crate::ui::state::{Hint, Menu, Selection};
use crate::ui::text;
use crate::ui::view::{ClientModel, Picture};

use super::cut_line::CutLineProps;
use super::geometry::{CLIENT_HALF, Layout, moved_to};
use super::hint::HintProps;
use super::links::{LinesProps, LinksProps};
use super::menu::MenuProps;
use super::servers::ServersProps;
use super::shapes;

/// Properties of the stage.
#[derive(Clone, PartialEq)]
pub struct StageProps {
    /// What there is to draw.
    pub picture: Rc<Picture>,
    /// What is selected.
    pub selection: Option<Selection>,
    /// The open menu.
    pub menu: Option<Menu>,
    /// What a newcomer is told.
    pub hint: Hint,
}

part!(StageProps, use_stage);

/// The stage.
#[hook]
fn use_stage(props: &StageProps) -> Html {
    let root = use_node_ref();
    let moving = use_node_ref();
    let prototypes = use_node_ref();
    let size = use_size(&root);
    let counts = (props.picture.servers.len(), props.picture.clients.len());
    let layout = use_memo((size, counts), |((width, height), (servers, clients))| {
        Rc::new(Layout::new(f64::from(*width), f64::from(*height), *servers, *clients))
    });
    let layout = (*layout).clone();
    use_moving_layer(&moving, &prototypes, &layout, props.picture.generation);

    let picture = &props.picture;
    let selected = match props.selection {
        Some(Selection::Server(id)) => Some(id),
        _ => None,
    };
    let (server_menu, link_menu) = match props.menu {
        Some(Menu::Server(id)) => (Some(id), None),
        other => (None, other),
    };
    let view_box = format!("0 0 {} {}", fixed(layout.width, 0), fixed(layout.height, 0));
    html! {
        <section class="stage" aria-label={text::STAGE} ref={root}>
            <svg class="scene" viewBox={view_box} role="group" aria-label={text::STAGE}>
                <defs>
                    <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                        <path d="M0 0V6" />
                    </pattern>
                </defs>
                { put("ground", CutLineProps { layout: layout.clone() }) }
                { put("lines", LinesProps { links: picture.links.clone(), layout: layout.clone() }) }
                { for picture.clients.iter().map(|client| pill(client, &layout)) }
                { put("servers", ServersProps { servers: picture.servers.clone(), layout: layout.clone(), selected, menu: server_menu }) }
                { put("links", LinksProps { links: picture.links.clone(), layout: layout.clone(), menu: link_menu }) }
            </svg>
            <div class="moving" aria-hidden="true" ref={moving} />
            <div class="prototypes" hidden=true aria-hidden="true" ref={prototypes}>{ shapes::prototypes() }</div>
            { put("hint", HintProps { hint: props.hint, leader: picture.leader }) }
            if let Some(menu) = props.menu {
                { put("menu", MenuProps { menu, picture: picture.clone(), layout: layout.clone() }) }
            }
        </section>
    }
}

fn pill(client: &ClientModel, layout: &Layout) -> Html {
    let at = layout.place(Address::Client(client.id));
    let (half_width, half_height) = CLIENT_HALF;
    html! {
        <g key={format!("c{}", client.id.number())} class="client" transform={moved_to(at)}>
            <rect
                x={fixed(-half_width, 0)} y={fixed(-half_height, 0)}
                width={fixed(half_width * 2.0, 0)} height={fixed(half_height * 2.0, 0)}
                rx={fixed(half_height, 0)}
            />
            <text y="4.5">{ format!("C{}", client.id.number()) }</text>
        </g>
    }
}

/// The size of an element, kept up to date.
#[hook]
fn use_size(root: &NodeRef) -> (i32, i32) {
    let size = use_kept(|| (0, 0));
    let root = root.clone();
    {
        let size = size.clone();
        use_effect_on((), move |()| {
            let element = root.cast::<dom::Element>();
            let measure = {
                let element = element.clone();
                move || {
                    if let Some(element) = &element {
                        let (width, height) = dom::size_of(element);
                        size.set((width as i32, height as i32));
                    }
                }
            };
            measure();
            let watch = element.and_then(|element| SizeWatch::new(&element, measure));
            move || drop(watch)
        });
    }
    *size
}

/// Lends the player the element in which things move.
#[hook]
fn use_moving_layer(moving: &NodeRef, prototypes: &NodeRef, layout: &Rc<Layout>, generation: u64) {
    let desk = desk();
    let (moving, prototypes) = (moving.clone(), prototypes.clone());
    let attached = use_mut_ref(|| false);
    use_effect_on((layout.clone(), generation), move |(layout, _)| {
        if *attached.borrow() {
            desk.player.relayout(layout.clone());
            return;
        }
        if let (Some(moving), Some(prototypes)) = (moving.cast(), prototypes.cast()) {
            desk.player.attach_layer(moving, prototypes, layout.clone());
            *attached.borrow_mut() = true;
        }
    });
}

//! The clients at the edges of the stage, each joined to the server that it talks to.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::Address;
use crate::ui::scene::{CLIENT_HALF, Layout, line_path};
use crate::ui::state::Selection;
use crate::ui::view::ClientModel;

#[derive(Clone, PartialEq, Properties)]
pub struct ClientsProps {
    pub clients: Rc<Vec<ClientModel>>,
    pub layout: Rc<Layout>,
}

#[component]
pub fn Clients(props: &ClientsProps) -> Html {
    html! {
        <>
            { for props.clients.iter().filter_map(|client| line(client, &props.layout)) }
            { for props.clients.iter().map(|client| pill(client, &props.layout)) }
        </>
    }
}

/// To the server that it waits for, or that it would ask next.
fn line(client: &ClientModel, layout: &Layout) -> Option<Html> {
    let (server, waits) = client.talks_to()?;
    let (start, end) = layout.path(client.id.into(), server.into());
    let class = classes!("talks-to", waits.then_some("waits"));
    Some(html! { <path key={format!("line {}", client.id)} {class} d={line_path(start, end)} /> })
}

fn pill(client: &ClientModel, layout: &Layout) -> Html {
    let name = format!("C{}", client.id.number());
    let (half_width, half_height) = CLIENT_HALF;
    html! {
        <g
            key={name.clone()}
            class="client"
            data-selection={Selection::Client(client.id).to_string()}
            transform={layout.position(Address::Client(client.id)).translate()}
        >
            <rect
                x={format!("{:.0}", -half_width)}
                y={format!("{:.0}", -half_height)}
                width={format!("{:.0}", half_width * 2.0)}
                height={format!("{:.0}", half_height * 2.0)}
                rx={format!("{half_height:.0}")}
            />
            <text y="4.5">{ name }</text>
        </g>
    }
}

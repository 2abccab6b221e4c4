//! The clients at the edges of the stage.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::Address;
use crate::ui::scene::{CLIENT_HALF, Layout};
use crate::ui::view::ClientModel;

#[derive(Clone, PartialEq, Properties)]
pub struct ClientsProps {
    pub clients: Rc<Vec<ClientModel>>,
    pub layout: Rc<Layout>,
}

#[component]
pub fn Clients(props: &ClientsProps) -> Html {
    props.clients.iter().map(|client| pill(client, &props.layout)).collect()
}

fn pill(client: &ClientModel, layout: &Layout) -> Html {
    let name = format!("C{}", client.id.number());
    let (half_width, half_height) = CLIENT_HALF;
    html! {
        <g
            key={name.clone()}
            class="client"
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

//! The inspector, in the tab Why: what a server decided and why, or an event and its causes.

mod causes;
mod reason;
mod server;

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::text;
use crate::ui::view::{Inspector, ServerModel};

use causes::Causes;
use server::ServerDetails;

#[derive(PartialEq, Properties)]
pub struct InspectorPanelProps {
    pub inspector: Rc<Inspector>,
    pub servers: Rc<Vec<ServerModel>>,
}

#[component]
pub fn InspectorPanel(props: &InspectorPanelProps) -> Html {
    let empty = |text: String| html! { <p class="empty">{ text }</p> };
    match &*props.inspector {
        Inspector::Nothing => empty(text::WHY_EMPTY.to_owned()),
        Inspector::Forgotten(id) => empty(text::forgotten(*id)),
        Inspector::ToCome(id) => empty(text::to_come(*id)),
        Inspector::Event(chain) => html! { <Causes chain={chain.clone()} /> },
        Inspector::Server(facts) => {
            match props.servers.iter().find(|server| server.id == facts.id) {
                Some(server) => html! {
                    <ServerDetails server={server.clone()} facts={facts.clone()} />
                },
                None => empty(text::WHY_EMPTY.to_owned()),
            }
        }
    }
}

//! The inspector, in the tab Inspect: what the selected thing is, and why.

mod chain;
mod decisions;
mod entry;
mod event;
mod fields;
mod link;
mod message;
mod operation;
mod reason;
mod server;
mod values;

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::context::use_page;
use crate::ui::text;
use crate::ui::view::{Inspector, ServerModel};

#[derive(PartialEq, Properties)]
pub struct InspectorPanelProps {
    pub inspector: Rc<Inspector>,
    pub servers: Rc<Vec<ServerModel>>,
}

#[component]
pub fn InspectorPanel(props: &InspectorPanelProps) -> Html {
    let page = use_page();
    let empty = |text: String| html! { <p class="empty">{ text }</p> };
    match &*props.inspector {
        Inspector::Latest(facts) => html! {
            <>
                <p class="quiet inspector-hint">{ text::WHY_EMPTY }</p>
                <h3>{ text::LATEST_EVENT }</h3>
                { event::event(&page, facts) }
            </>
        },
        Inspector::Nothing => empty(text::WHY_EMPTY.to_owned()),
        Inspector::Forgotten(id) => empty(text::forgotten(*id)),
        Inspector::ToCome(id) => empty(text::to_come(*id)),
        Inspector::Message(details) => message::message(&page, details),
        Inspector::Entry(details) => entry::entry(&page, details),
        Inspector::Operation(details) => operation::operation(&page, details),
        Inspector::Client(details) => operation::client(&page, details),
        Inspector::Unexplained(selection) => empty(text::unexplained(*selection)),
        Inspector::Event(facts) => event::event(&page, facts),
        Inspector::Link(facts) => link::link(&page, facts),
        Inspector::Server(facts) => {
            match props.servers.iter().find(|server| server.id == facts.id) {
                Some(server) => server::details(&page, server, facts),
                None => empty(text::WHY_EMPTY.to_owned()),
            }
        }
    }
}

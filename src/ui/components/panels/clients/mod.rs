//! The clients: a form for a command, and the outcome of each command.

mod command_form;
mod history;
mod operations;

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::text;
use crate::ui::view::{ClientModel, HistoryModel};

use command_form::CommandForm;
use history::History;
use operations::operations;

#[derive(PartialEq, Properties)]
pub struct ClientsPanelProps {
    pub clients: Rc<Vec<ClientModel>>,
    pub server_count: usize,
    pub history: Rc<HistoryModel>,
}

#[component]
pub fn ClientsPanel(props: &ClientsPanelProps) -> Html {
    let clients = &props.clients;
    if clients.is_empty() {
        return html! { <p class="empty">{ text::CLIENTS_EMPTY }</p> };
    }
    // A hint for the first client is enough.
    let operations = |client: &ClientModel| operations(client, client.id.number() == 1);
    html! {
        <>
            <CommandForm client_count={clients.len()} server_count={props.server_count} />
            <History history={&props.history} />
            <>{ for clients.iter().map(operations) }</>
        </>
    }
}

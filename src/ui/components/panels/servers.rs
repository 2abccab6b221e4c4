//! The table named Servers: what the stage shows, in words.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::ServerId;
use crate::ui::context::use_page;
use crate::ui::state::{Action, Selection};
use crate::ui::text;
use crate::ui::view::{Membership, ServerModel};

const COLUMNS: [&str; 8] =
    ["Server", "State", "Term", "Vote", "Leader", "Last", "Commit", "Applied"];

#[derive(PartialEq, Properties)]
pub struct ServersPanelProps {
    pub servers: Rc<Vec<ServerModel>>,
}

#[component]
pub fn ServersPanel(props: &ServersPanelProps) -> Html {
    let page = use_page();
    let onselect = use_callback((), move |id: ServerId, ()| {
        page.dispatch(Action::Select(Selection::Server(id)));
    });
    let row = |server: &ServerModel| {
        let key = server.id.number();
        html! { <ServerRow {key} server={server.clone()} onselect={&onselect} /> }
    };
    html! {
        <table class="servers-table" aria-label="Servers">
            <thead>
                <tr>{ for COLUMNS.map(|name| html! { <th scope="col">{ name }</th> }) }</tr>
            </thead>
            <tbody>{ for props.servers.iter().map(row) }</tbody>
        </table>
    }
}

#[derive(PartialEq, Properties)]
struct ServerRowProps {
    server: ServerModel,
    onselect: Callback<ServerId>,
}

#[component]
fn ServerRow(props: &ServerRowProps) -> Html {
    let server = &props.server;
    let id = server.id;
    let select = props.onselect.reform(move |_: MouseEvent| id);
    let mut state = server.state().to_owned();
    if server.isolated {
        state.push_str(", isolated");
    }
    match server.membership {
        Membership::Voter | Membership::Learner => {}
        Membership::CatchingUp => state.push_str(", catching up"),
        Membership::Outside => state.push_str(", outside"),
    }
    html! {
        <tr class={server.state()} data-selection={Selection::Server(id).to_string()}>
            <th scope="row">
                <button
                    type="button"
                    class="link-like"
                    aria-label={format!("Why {} is in this state", text::server(id))}
                    onclick={select}
                >
                    { text::server(id) }
                </button>
            </th>
            <td>
                <span class={classes!("role-icon", "tiny", server.state())} aria-hidden="true" />
                { state }
            </td>
            <td>{ server.term }</td>
            <td>{ text::server_or_dash(server.vote) }</td>
            <td>{ text::server_or_dash(server.leader) }</td>
            <td>{ server.last_index }</td>
            <td>{ server.commit }</td>
            <td>{ server.applied }</td>
        </tr>
    }
}

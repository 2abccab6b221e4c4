//! The servers as a table: the same as the drawing, in words.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::desk::desk;
use crate::ui::markup::{classes, html};
use crate::ui::part::{part, put};
use crate::ui::state::{Action, Selection};
use crate::ui::text;
use crate::ui::view::{Membership, ServerModel};

/// Properties of the server table.
#[derive(Clone, PartialEq)]
pub struct ServerTableProps {
    /// The servers.
    pub servers: Rc<Vec<ServerModel>>,
}

part!(ServerTableProps, use_server_table);

/// The table named Servers.
#[hook]
fn use_server_table(props: &ServerTableProps) -> Html {
    html! {
        <section class="panel server-panel">
            <div class="scroll" tabindex="0" role="region" aria-label="Servers as a table">
                <table class="servers-table" aria-label="Servers">
                    <thead>
                        <tr>
                            { for ["Server", "State", "Term", "Vote", "Leader", "Last", "Commit", "Applied"].into_iter().map(|name| html! { <th scope="col">{ name }</th> }) }
                        </tr>
                    </thead>
                    <tbody>{ for props.servers.iter().map(|server| put(server.id.number(), RowProps { server: server.clone() })) }</tbody>
                </table>
            </div>
        </section>
    }
}

#[derive(Clone, PartialEq)]
struct RowProps {
    server: ServerModel,
}

part!(RowProps, use_row);

#[hook]
fn use_row(props: &RowProps) -> Html {
    let desk = desk();
    let server = &props.server;
    let id = server.id;
    let select = desk.saying(Action::Select(Selection::Server(id)));
    let mut state = server.state().to_string();
    if server.isolated {
        state.push_str(", isolated");
    }
    if server.membership == Membership::Outside {
        state.push_str(", outside");
    }
    html! {
        <tr class={server.state()}>
            <th scope="row"><button type="button" class="link-like" aria-label={format!("Why {} is so", text::server(id))} onclick={select}>{ text::server(id) }</button></th>
            <td><span class={classes!("role-icon", "tiny", server.state())} aria-hidden="true" />{ state }</td>
            <td>{ server.term }</td>
            <td>{ text::server_or_dash(server.vote) }</td>
            <td>{ text::server_or_dash(server.leader) }</td>
            <td>{ server.last_index }</td>
            <td>{ server.commit }</td>
            <td>{ server.applied }</td>
        </tr>
    }
}

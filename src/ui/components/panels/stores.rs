//! The state machines side by side: a row per key, a column per server.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::ServerId;
use crate::ui::text;
use crate::ui::view::{StoreCell, StoreRow, StoresModel};

#[derive(PartialEq, Properties)]
pub struct StoresPanelProps {
    pub stores: Rc<StoresModel>,
}

#[component]
pub fn StoresPanel(props: &StoresPanelProps) -> Html {
    let stores = &props.stores;
    if stores.rows.is_empty() {
        return html! { <p class="empty">{ text::STORES_EMPTY }</p> };
    }
    let newest = stores.newest.map(text::server).unwrap_or_default();
    html! {
        <>
            <table class="stores" aria-label="State machines">
                <thead>
                    <tr>
                        <th scope="col">{ "Key" }</th>
                        { for stores.servers.iter().map(server_heading) }
                    </tr>
                </thead>
                <tbody>{ for stores.rows.iter().map(key_row) }</tbody>
            </table>
            <p class="quiet">
                { format!("≠ marks values that differ from {newest}, which has applied the most.") }
                if stores.more > 0 {
                    { format!(" {} more keys are not listed.", stores.more) }
                }
            </p>
        </>
    }
}

fn server_heading((id, is_down): &(ServerId, bool)) -> Html {
    html! { <th scope="col" class={is_down.then_some("down")}>{ text::server(*id) }</th> }
}

fn key_row(row: &StoreRow) -> Html {
    html! {
        <tr key={row.key.clone()}>
            <th scope="row">{ &row.key }</th>
            { for row.cells.iter().map(value_cell) }
        </tr>
    }
}

fn value_cell(cell: &StoreCell) -> Html {
    let value = cell.value.as_deref().unwrap_or("–");
    if !cell.differs {
        return html! { <td>{ value }</td> };
    }
    html! {
        <td class="differs">
            <span aria-hidden="true">{ "≠ " }</span>
            { value }
            <span class="spoken">{ " (differs)" }</span>
        </td>
    }
}

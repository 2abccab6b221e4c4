//! The state machines side by side.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::markup::{classes, html};
use crate::ui::part::part;
use crate::ui::text;
use crate::ui::view::{StoreCell, StoreRow, StoresModel};

/// Properties of the stores.
#[derive(Clone, PartialEq)]
pub struct StoresProps {
    /// What they hold.
    pub stores: Rc<StoresModel>,
}

part!(StoresProps, use_stores);

/// A row a key, a column a server.
#[hook]
fn use_stores(props: &StoresProps) -> Html {
    let stores = &props.stores;
    if stores.rows.is_empty() {
        return html! { <p class="empty">{ text::STORES_EMPTY }</p> };
    }
    let newest = stores.newest.map(text::server).unwrap_or_default();
    html! {
        <>
            <table class="stores" aria-label="State machines">
                <thead><tr>
                    <th scope="col">{ "Key" }</th>
                    { for stores.servers.iter().map(|(id, down)| html! { <th scope="col" class={classes!(down.then_some("down"))}>{ text::server(*id) }</th> }) }
                </tr></thead>
                <tbody>{ for stores.rows.iter().map(row) }</tbody>
            </table>
            <p class="quiet">
                { format!("≠ marks what differs from {newest}, which has applied most.") }
                if stores.more > 0 { { format!(" {} keys more are not listed.", stores.more) } }
            </p>
        </>
    }
}

fn row(row: &StoreRow) -> Html {
    html! {
        <tr key={row.key.clone()}>
            <th scope="row">{ &row.key }</th>
            { for row.cells.iter().map(cell) }
        </tr>
    }
}

fn cell(cell: &StoreCell) -> Html {
    let value = cell.value.as_deref().unwrap_or("–");
    if cell.differs {
        return html! { <td class="differs"><span aria-hidden="true">{ "≠ " }</span>{ value.to_string() }<span class="spoken">{ " (differs)" }</span></td> };
    }
    html! { <td>{ value.to_string() }</td> }
}

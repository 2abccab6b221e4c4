//! The sheet with the latency and the loss of one link.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::ServerId;
use crate::ui::text;
use crate::ui::view::{ClusterModel, link_rows};

use super::settings::SettingField;

#[derive(PartialEq, Properties)]
pub struct LinkDialogProps {
    pub cluster: Rc<ClusterModel>,
    pub a: ServerId,
    pub b: ServerId,
}

#[component]
pub fn LinkDialog(props: &LinkDialogProps) -> Html {
    let LinkDialogProps { cluster, a, b } = props;
    let link = cluster.links.iter().find(|link| (link.a, link.b) == (*a, *b));
    let (servers, clients) = (cluster.servers.len(), cluster.clients.len());
    let field = |row| html! { <SettingField {row} {servers} {clients} /> };
    html! {
        <>
            <p><b>{ text::link(*a, *b) }</b>{ ". " }{ text::LINK_DIALOG_MEANS }</p>
            <div class="of-link">
                if let Some(link) = link {
                    { for link_rows(link).into_iter().map(field) }
                }
            </div>
        </>
    }
}

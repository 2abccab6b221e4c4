//! The groups of a partition while they are chosen: a letter at each server. A click moves the
//! server to the other group. The sheet has the same choice for the keyboard.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::context::use_page;
use crate::ui::scene::Layout;
use crate::ui::state::{Action, PartitionDraft};
use crate::ui::text;
use crate::ui::view::ServerModel;

#[derive(Clone, PartialEq, Properties)]
pub struct GroupsProps {
    pub draft: PartitionDraft,
    pub servers: Rc<Vec<ServerModel>>,
    pub layout: Rc<Layout>,
}

#[component]
pub fn Groups(props: &GroupsProps) -> Html {
    let page = use_page();
    let GroupsProps { draft, servers, layout } = props;
    let badge = |server: &ServerModel| {
        let (id, draft) = (server.id, *draft);
        let group = draft.group_of(id);
        let onclick = page.on_click(Action::Regroup {
            server: id,
            group: u8::from(group == 0),
            present: draft,
        });
        let radius = layout.timer_radius();
        html! {
            <g
                key={id.number()}
                class={classes!("group", (group > 0).then_some("other"))}
                data-group-of={id.number().to_string()}
                transform={layout.server(id).translate()}
                {onclick}
            >
                <circle class="rim" r={format!("{:.1}", radius + 7.0)} />
                <circle class="badge" cx={px(radius)} cy={px(-radius * 0.8)} r="11" />
                <text x={px(radius)} y={px(4.5 - radius * 0.8)}>{ text::group_letter(group) }</text>
            </g>
        }
    };
    html! { <g class="group-choice" aria-hidden="true">{ for servers.iter().map(badge) }</g> }
}

fn px(length: f64) -> String {
    format!("{length:.1}")
}

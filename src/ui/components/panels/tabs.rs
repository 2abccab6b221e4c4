//! The panels that share one place, and their tabs.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::desk::desk;
use crate::ui::markup::html;
use crate::ui::part::{part, put};
use crate::ui::platform::dom;
use crate::ui::state::{Action, Focus, Tab};
use crate::ui::text;
use crate::ui::view::ClusterModel;

use super::branches::BranchesProps;
use super::clients::ClientsProps;
use super::console::Console;
use super::events::EventsProps;
use super::script::ScriptProps;
use super::stores::StoresProps;
use super::why::WhyProps;

/// Properties of the panels.
#[derive(Clone, PartialEq)]
pub struct PanelsProps {
    /// The one in front.
    pub tab: Tab,
    /// Where the person looks.
    pub focus: Focus,
    /// The cluster.
    pub picture: Rc<ClusterModel>,
}

part!(PanelsProps, use_panels);

/// The tabs and the panel in front.
#[hook]
fn use_panels(props: &PanelsProps) -> Html {
    let desk = desk();
    let onkeydown = {
        let (desk, tab) = (desk.clone(), props.tab);
        Callback::from(move |event: KeyboardEvent| {
            let count = Tab::ALL.len();
            let at = Tab::ALL.iter().position(|other| *other == tab).unwrap_or(0);
            let next = match event.key().as_str() {
                "ArrowRight" => (at + 1) % count,
                "ArrowLeft" => (at + count - 1) % count,
                "Home" => 0,
                "End" => count - 1,
                _ => return,
            };
            event.prevent_default();
            desk.say(Action::Show(Tab::ALL[next]));
            dom::focus_on(&format!("#tab-{next}"));
        })
    };
    let tab = |(place, tab): (usize, Tab)| {
        let onclick = desk.saying(Action::Show(tab));
        let front = tab == props.tab;
        html! {
            <button
                key={place} type="button" role="tab" id={format!("tab-{place}")}
                aria-selected={if front { "true" } else { "false" }} aria-controls="panel"
                tabindex={if front { "0" } else { "-1" }} {onclick}
            >{ text::tab(tab) }</button>
        }
    };
    let at = Tab::ALL.iter().position(|other| *other == props.tab).unwrap_or(0);
    let picture = &props.picture;
    let panel = match props.tab {
        Tab::Why => put(
            "why",
            WhyProps { inspector: picture.inspector.clone(), servers: picture.servers.clone() },
        ),
        Tab::Events => put(
            "events",
            EventsProps {
                events: picture.events.clone(),
                filter: props.focus.filter,
                servers: picture.servers.len(),
            },
        ),
        Tab::Clients => put(
            "clients",
            ClientsProps {
                clients: picture.clients.clone(),
                servers: picture.servers.len(),
                verdict: picture.verdict.clone(),
            },
        ),
        Tab::Stores => put("stores", StoresProps { stores: picture.stores.clone() }),
        Tab::Console => put("console", Console),
        Tab::Script => put("script", ScriptProps { script: picture.script.clone() }),
        Tab::Branches => put("branches", BranchesProps { branches: picture.branches.clone() }),
    };
    html! {
        <section class="panel tabbed">
            <div class="tabs" role="tablist" aria-label="Panels" {onkeydown}>{ for Tab::ALL.into_iter().enumerate().map(tab) }</div>
            <div class="tab-panel" role="tabpanel" id="panel" aria-labelledby={format!("tab-{at}")} tabindex="0">{ panel }</div>
        </section>
    }
}

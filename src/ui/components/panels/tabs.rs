//! The panels that share one area, and their tabs.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::components::icons::{Icon, Shape};
use crate::ui::context::{PageContext, use_page};
use crate::ui::platform::dom;
use crate::ui::state::{Action, SearchState, Selection, Tab, ViewOptions};
use crate::ui::text;
use crate::ui::view::ClusterModel;

use super::branches::BranchesPanel;
use super::clients::ClientsPanel;
use super::console::ConsolePanel;
use super::events::EventsPanel;
use super::inspector::InspectorPanel;
use super::rules::RulesPanel;
use super::script::ScriptPanel;
use super::servers::ServersPanel;
use super::stores::StoresPanel;
use super::transcript::Transcript;

#[derive(PartialEq, Properties)]
pub struct TabbedPanelsProps {
    /// The tab in front.
    pub tab: Tab,
    pub options: ViewOptions,
    pub selection: Option<Selection>,
    pub cluster: Rc<ClusterModel>,
    /// The newest search for a counterexample.
    pub search: Option<SearchState>,
    /// It outlives the console, which is unmounted while another tab is in front.
    pub transcript: UseStateHandle<Transcript>,
}

#[component]
pub fn TabbedPanels(props: &TabbedPanelsProps) -> Html {
    let page = use_page();
    let index = Tab::ALL.iter().position(|tab| *tab == props.tab).unwrap_or(0);
    let cluster = &props.cluster;
    let panel = match props.tab {
        Tab::Inspect => html! {
            <InspectorPanel inspector={&cluster.inspector} servers={&cluster.servers} />
        },
        Tab::Events => events(&page, props),
        Tab::Rules => html! {
            <RulesPanel
                rules={&cluster.rules}
                search={props.search.clone()}
                playing={cluster.pace.playing}
            />
        },
        Tab::Servers => html! { <ServersPanel servers={&cluster.servers} /> },
        Tab::Clients => html! {
            <ClientsPanel
                clients={&cluster.clients}
                server_count={cluster.servers.len()}
                history={&cluster.history}
            />
        },
        Tab::Stores => html! { <StoresPanel stores={&cluster.stores} /> },
        Tab::Console => html! { <ConsolePanel transcript={props.transcript.clone()} /> },
        Tab::Script => html! { <ScriptPanel script={&cluster.script} /> },
        Tab::Branches => html! { <BranchesPanel branches={&cluster.branches} /> },
    };
    let close_sheet = page.callback(|page, event: KeyboardEvent| {
        if event.key() == "Escape" {
            page.dispatch(Action::CloseSheet);
        }
    });
    html! {
        <section class="panel tabbed" onkeydown={close_sheet}>
            { tab_list(&page, props.tab, props.selection) }
            <div
                class="tab-panel"
                role="tabpanel"
                id="panel"
                aria-labelledby={tab_id(index)}
                tabindex="0"
                onclick={keep_focus(props.tab)}
            >
                { panel }
            </div>
        </section>
    }
}

/// A link to another thing is replaced together with the rest of the panel. The panel has the
/// focus afterwards.
fn keep_focus(tab: Tab) -> Option<Callback<MouseEvent>> {
    let is_replaced = matches!(tab, Tab::Inspect | Tab::Servers);
    is_replaced.then_some(Callback::from(|event: MouseEvent| {
        let target = dom::target::<dom::Element>(&event);
        if target.is_some_and(|target| dom::is_within(&target, "button.link-like")) {
            dom::soon(|| dom::focus_on("#panel"));
        }
    }))
}

/// The button of the chosen event, which gets the focus back when the details close.
const CHOSEN_ROW: &str = ".events [data-selected] > button";

/// The list, and the chosen event beside it or, where there is no room, below it.
fn events(page: &PageContext, props: &TabbedPanelsProps) -> Html {
    let cluster = &props.cluster;
    let chosen = matches!(props.selection, Some(Selection::Event(_)));
    let close = page.callback(|page, _: MouseEvent| {
        dom::focus_on(CHOSEN_ROW);
        page.dispatch(Action::Deselect);
    });
    html! {
        <div class={classes!("events-tab", chosen.then_some("with-details"))}>
            <div class="events-list">
                <EventsPanel
                    events={&cluster.events}
                    filter={props.options.filter}
                    selection={props.selection}
                    server_count={cluster.servers.len()}
                />
            </div>
            if chosen {
                <section class="event-details" aria-label={text::CHOSEN_EVENT}>
                    <button type="button" class="close-details" onclick={close}>
                        { text::CLOSE }
                    </button>
                    <InspectorPanel inspector={&cluster.inspector} servers={&cluster.servers} />
                </section>
            }
        </div>
    }
}

fn tab_list(page: &PageContext, front: Tab, selection: Option<Selection>) -> Html {
    let onkeydown = page.callback(move |page, event: KeyboardEvent| {
        // The rules have no tab where they have a zone of their own.
        let is_shown = |tab: &usize| dom::is_shown(&format!("#{}", tab_id(*tab)));
        let shown: Vec<usize> = (0..Tab::ALL.len()).filter(is_shown).collect();
        let front = Tab::ALL.iter().position(|tab| *tab == front);
        let index = shown.iter().position(|tab| Some(*tab) == front).unwrap_or(0);
        let count = shown.len().max(1);
        let next = match event.key().as_str() {
            "ArrowRight" => (index + 1) % count,
            "ArrowLeft" => (index + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return,
        };
        event.prevent_default();
        let Some(next) = shown.get(next) else { return };
        page.dispatch(Action::Show(Tab::ALL[*next]));
        dom::focus_on(&format!("#{}", tab_id(*next)));
    });
    let tab = |(index, tab): (usize, Tab)| {
        let onclick = page.on_click(Action::Show(tab));
        let (selected, tabindex) = if tab == front { ("true", "0") } else { ("false", "-1") };
        html! {
            <button
                key={index}
                type="button"
                role="tab"
                class={(tab == Tab::Rules).then_some("tab-rules")}
                id={tab_id(index)}
                aria-selected={selected}
                aria-controls="panel"
                {tabindex}
                {onclick}
            >
                { text::tab(tab) }
                if let (Tab::Inspect, Some(name)) = (tab, selection.and_then(text::short_name)) {
                    { format!(" {name}") }
                }
            </button>
        }
    };
    html! {
        <div class="tabs">
            <div role="tablist" aria-label="Panels" {onkeydown}>
                { for Tab::ALL.into_iter().enumerate().map(tab) }
            </div>
            <button
                type="button"
                class="plain sheet-close"
                aria-label={text::CLOSE_SHEET}
                onclick={page.on_click(Action::CloseSheet)}
            >
                <Icon shape={Shape::Close} />
            </button>
        </div>
    }
}

fn tab_id(index: usize) -> String {
    format!("tab-{index}")
}

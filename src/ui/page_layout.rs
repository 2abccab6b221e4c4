//! The layout of the page: a pure function of the page's state and the model of the cluster.
//! styles/layout.css places the zones.

use std::rc::Rc;

use yew::prelude::*;

use crate::script::Permissions;

use super::components::command_row::CommandRow;
use super::components::controls::Controls;
use super::components::gallery::Gallery;
use super::components::header::Header;
use super::components::icons::{Icon, Shape};
use super::components::lab_host::LabHost;
use super::components::legend::LegendPanel;
use super::components::narration::NarrationCard;
use super::components::panels::{
    LogsPanel, RulesPanel, SessionBanner, TabbedPanels, Transcript, ViolationBanner,
};
use super::components::stage::{LatestLine, Stage};
use super::components::timeline::{Timeline, TimelineTools};
use super::context::use_page;
use super::embed_layout::EmbedLayout;
use super::open_dialog::open_dialog;
use super::platform::dom;
use super::player::ticks;
use super::state::{Action, Dialog, Hint, Section, Tab, UiState};
use super::text;
use super::view::{ClusterModel, LinkState, draft_of};

#[derive(PartialEq, Properties)]
pub struct PageLayoutProps {
    pub ui: UiState,
    pub cluster: Rc<ClusterModel>,
}

#[component]
pub fn PageLayout(PageLayoutProps { ui, cluster }: &PageLayoutProps) -> Html {
    let transcript = use_state_eq(Transcript::load);
    let diagram_shown = use_state_eq(|| true);
    // A projector has room for the diagram only where somebody asks for it.
    let diagram_presented = use_state_eq(|| false);
    // The lab is fetched when it is opened; then it stays, and may run on.
    let lab_opened = use_state_eq(|| false);
    if ui.section == Section::Lab && !*lab_opened {
        lab_opened.set(true);
    }
    if let Some(embed) = &ui.embed {
        return html! { <EmbedLayout embed={embed.clone()} ui={ui.clone()} {cluster} /> };
    }
    let diagram_sheet = use_state_eq(|| false);
    let diagram = if ui.presenting { diagram_presented } else { diagram_shown };
    let onshow = {
        let diagram = diagram.setter();
        Callback::from(move |shown| diagram.set(shown))
    };
    html! {
        <ContextProvider<Rc<Permissions>> context={&cluster.permissions}>
            { header(ui, cluster) }
            <ViolationBanner
                violations={&cluster.violations}
                generation={cluster.generation}
            />
            if let Some(banner) = &ui.banner {
                <SessionBanner banner={banner.clone()} />
            }
            <main class="workspace" hidden={ui.section != Section::Sandbox}>
                { stage_zone(ui, cluster, &transcript) }
                { narration_zone(cluster) }
                if ui.legend && !ui.presenting {
                    <LegendPanel />
                }
                <div class="logs-zone">
                    <LogsPanel logs={&cluster.logs} narrows={cluster.narration.is_some()} />
                </div>
                <div class={classes!("tabs-zone", ui.sheet_open.then_some("open"))}>
                    <TabbedPanels
                        tab={ui.tab}
                        options={ui.options}
                        selection={ui.selection}
                        {cluster}
                        search={ui.search.clone()}
                        {transcript}
                    />
                </div>
                { rules_zone(ui, cluster) }
                { timeline_zone(ui, cluster, *diagram, onshow, &diagram_sheet) }
            </main>
            if !matches!(ui.section, Section::Sandbox | Section::Lab) {
                <Gallery key={text::section(ui.section)} section={ui.section} />
            }
            if *lab_opened {
                <LabHost hidden={ui.section != Section::Lab} />
            }
            { open_dialog(ui, cluster) }
            if ui.blank {
                <BlankScreen />
            }
        </ContextProvider<Rc<Permissions>>>
    }
}

/// Covers the page while a speaker wants to be looked at. The keys that end that are the
/// presenter's, so the focus stays where it is.
#[component]
fn BlankScreen() -> Html {
    let onclick = use_page().on_click(Action::ToggleBlank);
    html! {
        <div class="blank-screen" role="status" {onclick}>
            <span class="spoken">{ text::BLANK }</span>
        </div>
    }
}

fn stage_zone(
    ui: &UiState,
    cluster: &Rc<ClusterModel>,
    transcript: &UseStateHandle<Transcript>,
) -> Html {
    let healthy = cluster.links.iter().all(|link| link.state == LinkState::Up);
    // A violation and a partition are more important than the hint, and it is not true of them.
    let hint = if cluster.violations.is_empty() && healthy { ui.hint } else { Hint::Gone };
    let groups = (ui.dialog == Some(Dialog::Partition))
        .then(|| ui.partition.unwrap_or_else(|| draft_of(&cluster.sides)));
    html! {
        <div class="stage-zone">
            <Stage
                cluster={cluster}
                selection={ui.selection}
                menu={ui.menu}
                {groups}
                legend={Some(ui.legend)}
            />
            <LatestLine latest={&cluster.latest} />
            <CommandRow
                client_count={cluster.clients.len()}
                {healthy}
                permissions={&cluster.permissions}
                {hint}
                leader={cluster.leader}
                notice={ui.notice.clone().map(AttrValue::from)}
                transcript={transcript.clone()}
            />
        </div>
    }
}

/// The card beside the stage, if the run is narrated.
fn narration_zone(cluster: &ClusterModel) -> Html {
    if cluster.narration.is_none() {
        return Html::default();
    }
    html! {
        <div class="narration-zone">
            <NarrationCard narration={&cluster.narration} playing={cluster.pace.playing} />
        </div>
    }
}

fn timeline_zone(
    ui: &UiState,
    cluster: &ClusterModel,
    shown: bool,
    onshow: Callback<bool>,
    sheet: &UseStateHandle<bool>,
) -> Html {
    let parted = cluster.branches.others.iter().filter_map(|branch| branch.diverged_us);
    let violated = cluster.violations.iter().map(|violation| violation.time_us);
    let class = classes!("timeline-zone", "panel", sheet.then_some("sheet-open"));
    let toggle_sheet = {
        let (sheet, onshow) = (sheet.clone(), onshow.clone());
        Callback::from(move |_: MouseEvent| {
            onshow.emit(true);
            sheet.set(!*sheet);
        })
    };
    let close_sheet = {
        let sheet = sheet.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && *sheet {
                event.stop_propagation();
                dom::focus_on(".open-diagram");
                sheet.set(false);
            }
        })
    };
    html! {
        <div
            {class}
            role="group"
            aria-label={text::TIMELINE}
            data-place="timeline"
            onkeydown={close_sheet}
        >
            <Controls
                pace={cluster.pace}
                branch_ticks={ticks(parted)}
                violation_ticks={ticks(violated)}
            >
                <TimelineTools
                    {shown}
                    {onshow}
                    branches={&cluster.branches}
                    compared={ui.compared.clone()}
                />
            </Controls>
            // Where the diagram has no room, it opens as a sheet.
            <button
                type="button"
                class="icon open-diagram"
                aria-label={text::DIAGRAM_SHEET}
                title={text::DIAGRAM_SHEET}
                aria-expanded={sheet.to_string()}
                onclick={toggle_sheet}
            >
                <Icon shape={Shape::Diagram} />
            </button>
            <Timeline
                {shown}
                hovered={ui.hovered}
                selection={ui.selection}
                theme={ui.theme}
            />
        </div>
    }
}

fn header(ui: &UiState, cluster: &ClusterModel) -> Html {
    html! {
        <Header
            section={ui.section}
            theme={ui.theme}
            violations={&cluster.violations}
            verdict={&cluster.verdict}
            deviations={&cluster.deviations}
            summary={cluster.summary}
            presenting={ui.presenting}
        />
    }
}

/// The rules, unless they are among the tabs, or a narration needs the room.
fn rules_zone(ui: &UiState, cluster: &ClusterModel) -> Html {
    if ui.tab == Tab::Rules || ui.presenting || cluster.narration.is_some() {
        return Html::default();
    }
    html! {
        <div class="rules-zone">
            <RulesPanel
                rules={&cluster.rules}
                search={ui.search.clone()}
                playing={cluster.pace.playing}
            />
        </div>
    }
}

//! The layout of the page: a pure function of the page's state and the model of the cluster.
//! styles/layout.css places the zones.

use std::rc::Rc;

use yew::prelude::*;

use super::components::command_row::CommandRow;
use super::components::controls::Controls;
use super::components::gallery::Gallery;
use super::components::header::Header;
use super::components::legend::LegendPanel;
use super::components::narration::NarrationCard;
use super::components::panels::{
    LogsPanel, RulesPanel, SessionBanner, TabbedPanels, Transcript, ViolationBanner,
};
use super::components::stage::{LatestLine, Stage};
use super::components::timeline::{Timeline, TimelineTools};
use super::embed_layout::EmbedLayout;
use super::open_dialog::open_dialog;
use super::player::ticks;
use super::state::{Dialog, Hint, Section, Tab, UiState};
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
    if let Some(embed) = &ui.embed {
        return html! { <EmbedLayout embed={embed.clone()} ui={ui.clone()} {cluster} /> };
    }
    let onshow = {
        let diagram_shown = diagram_shown.setter();
        Callback::from(move |shown| diagram_shown.set(shown))
    };
    html! {
        <>
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
                if ui.legend {
                    <LegendPanel />
                }
                <div class="logs-zone">
                    <LogsPanel logs={&cluster.logs} />
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
                { timeline_zone(ui, cluster, *diagram_shown, onshow) }
            </main>
            if ui.section != Section::Sandbox {
                <Gallery key={text::section(ui.section)} section={ui.section} />
            }
            { open_dialog(ui, cluster) }
        </>
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
) -> Html {
    let parted = cluster.branches.others.iter().filter_map(|branch| branch.diverged_us);
    let violated = cluster.violations.iter().map(|violation| violation.time_us);
    html! {
        <div
            class="timeline-zone panel"
            role="group"
            aria-label={text::TIMELINE}
            data-place="timeline"
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
        />
    }
}

/// The rules, unless they are in front among the tabs, or a narration needs the room.
fn rules_zone(ui: &UiState, cluster: &ClusterModel) -> Html {
    if ui.tab == Tab::Rules || cluster.narration.is_some() {
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

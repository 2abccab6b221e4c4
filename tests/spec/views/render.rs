//! Renders a component to HTML, one element a line.

use std::collections::VecDeque;
use std::rc::Rc;

use raftarium::lab::experiment::{
    Design, Experiment, ExperimentResults, TrialTally, run_on_threads,
};
use raftarium::script::Session;
use raftarium::sim::{MS, Span};
use raftarium::ui::components::command_row::CommandRow;
use raftarium::ui::components::controls::Controls;
use raftarium::ui::components::lab::{LabResults, LabSection};
use raftarium::ui::components::narration::NarrationCard;
use raftarium::ui::components::panels::{
    LogsPanel, SessionBanner, TabbedPanels, Transcript, ViolationBanner,
};
use raftarium::ui::components::stage::Stage;
use raftarium::ui::context::PageContext;
use raftarium::ui::experiments::ExperimentKind;
use raftarium::ui::open_dialog::open_dialog;
use raftarium::ui::page_layout::PageLayout;
use raftarium::ui::player::Player;
use raftarium::ui::state::{Tab, UiState};
use raftarium::ui::view::{ClusterModel, LinkState, PaceModel};
use tokio::runtime::Builder;
use tokio::task::LocalSet;
use yew::prelude::*;

/// A part of the page.
#[derive(Clone, Copy, PartialEq)]
pub enum Part {
    Page,
    Stage,
    Controls,
    Servers,
    Logs,
    Panels,
    Dialogs,
    Violation,
    Banner,
    Narration,
    Lab,
}

#[derive(PartialEq, Properties)]
struct ViewProps {
    page: PageContext,
    parts: Vec<Part>,
    ui: UiState,
    cluster: Rc<ClusterModel>,
}

#[component]
fn View(props: &ViewProps) -> Html {
    let transcript = use_state_eq(Transcript::load);
    let parts = props.parts.iter().map(|part| view_of(*part, props, &transcript));
    html! {
        <ContextProvider<PageContext> context={props.page.clone()}>
            { for parts }
        </ContextProvider<PageContext>>
    }
}

fn view_of(part: Part, props: &ViewProps, transcript: &UseStateHandle<Transcript>) -> Html {
    let ViewProps { ui, cluster, .. } = props;
    match part {
        Part::Page => html! { <PageLayout ui={ui.clone()} {cluster} /> },
        Part::Stage => html! {
            <Stage
                {cluster}
                selection={ui.selection}
                menu={ui.menu}
                groups={ui.partition}
                legend={Some(ui.legend)}
            />
        },
        Part::Controls => html! {
            <>
                <CommandRow
                    client_count={cluster.clients.len()}
                    hint={ui.hint}
                    leader={cluster.leader}
                    transcript={transcript.clone()}
                    healthy={cluster.links.iter().all(|link| link.state == LinkState::Up)}
                    permissions={&cluster.permissions}
                    notice={ui.notice.clone().map(AttrValue::from)}
                />
                <Controls pace={cluster.pace} branch_ticks="" violation_ticks="" />
            </>
        },
        Part::Servers => html! {
            { panels(Tab::Servers, ui, cluster, transcript) }
        },
        Part::Logs => html! { <LogsPanel logs={&cluster.logs} /> },
        Part::Panels => panels(ui.tab, ui, cluster, transcript),
        Part::Dialogs => open_dialog(ui, cluster),
        Part::Violation => html! {
            <ViolationBanner violations={&cluster.violations} generation={cluster.generation} />
        },
        Part::Narration => html! {
            <NarrationCard narration={&cluster.narration} playing={cluster.pace.playing} />
        },
        Part::Lab => html! {
            <>
                <LabSection />
                <LabResults kind={ExperimentKind::Elections} results={small_figure_16()} />
            </>
        },
        Part::Banner => html! {
            if let Some(banner) = &ui.banner {
                <SessionBanner banner={banner.clone()} />
            }
        },
    }
}

/// Two ranges of figure 16, with few trials.
fn small_figure_16() -> Rc<ExperimentResults> {
    let ranges = [(150, 155), (12, 24)].map(|(from, to)| Span::new(from * MS, to * MS));
    let experiment = Experiment { design: Design::Elections(ranges.to_vec()), trials: 5, seed: 1 };
    let series = experiment.series().expect("it fits");
    Rc::new(run_on_threads(experiment, &series, 1, &TrialTally::default()))
}

fn panels(
    tab: Tab,
    ui: &UiState,
    cluster: &Rc<ClusterModel>,
    transcript: &UseStateHandle<Transcript>,
) -> Html {
    let (options, selection, search) = (ui.options, ui.selection, ui.search.clone());
    html! { <TabbedPanels {tab} {options} {selection} {cluster} {search} {transcript} /> }
}

/// The parts of the page for that session and state.
pub fn render(parts: &[Part], session: Session, ui: UiState, playing: bool) -> String {
    let pace = PaceModel { playing, speed: 0.04, adaptive: true, now: 0.1 };
    let cluster = ClusterModel::of(&session, &ui.scope(), pace);
    let page = PageContext::new(Player::new(session), Callback::noop());
    let props = ViewProps { page, parts: parts.to_vec(), ui, cluster: Rc::new(cluster) };
    let renderer = yew::LocalServerRenderer::<View>::with_props(props).hydratable(false);
    let runtime = Builder::new_current_thread().build().expect("a runtime");
    indented(&LocalSet::new().block_on(&runtime, renderer.render()))
}

/// Elements without an end tag.
const VOID: [&str; 4] = ["br", "hr", "img", "input"];

/// The HTML with an element a line. An element that holds only text takes one line.
fn indented(html: &str) -> String {
    let mut pieces = pieces(html);
    let (mut lines, mut depth) = (String::new(), 0usize);
    while let Some(piece) = pieces.pop_front() {
        depth -= usize::from(is_end(piece));
        lines.push_str(&"  ".repeat(depth));
        lines.push_str(piece);
        if is_start(piece) {
            let length = match (pieces.front(), pieces.get(1)) {
                (Some(end), _) if is_end(end) => 1,
                (Some(text), Some(end)) if !text.starts_with('<') && is_end(end) => 2,
                _ => 0,
            };
            lines.extend(pieces.drain(..length));
            depth += usize::from(length == 0);
        }
        lines.push('\n');
    }
    lines
}

/// The tags and texts.
fn pieces(html: &str) -> VecDeque<&str> {
    let mut rest = html;
    let mut pieces = VecDeque::new();
    while !rest.is_empty() {
        let end = if rest.starts_with('<') {
            rest.find('>').map_or(rest.len(), |at| at + 1)
        } else {
            rest.find('<').unwrap_or(rest.len())
        };
        let (piece, following) = rest.split_at(end);
        pieces.push_back(piece);
        rest = following;
    }
    pieces
}

fn is_end(piece: &str) -> bool {
    piece.starts_with("</")
}

fn is_start(piece: &str) -> bool {
    let Some(tag) = piece.strip_prefix('<') else { return false };
    let name = tag.split([' ', '>']).next().unwrap_or_default();
    !is_end(piece) && !VOID.contains(&name)
}

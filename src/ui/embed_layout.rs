//! The layout of the page in a frame: only what the address asks for.

use std::rc::Rc;

use yew::prelude::*;

use crate::script::Permissions;

use super::components::command_row::CommandRow;
use super::components::controls::Controls;
use super::components::narration::NarrationCard;
use super::components::panels::{
    EventsPanel, LogsPanel, SessionBanner, Transcript, ViolationBanner,
};
use super::components::stage::{LatestLine, Stage};
use super::components::timeline::Timeline;
use super::open_dialog::open_dialog;
use super::player::ticks;
use super::state::{Dialog, Embed, EmbedPart, Hint, UiState};
use super::text;
use super::view::{ClusterModel, LinkState};

#[derive(PartialEq, Properties)]
pub struct EmbedLayoutProps {
    pub embed: Embed,
    pub ui: UiState,
    pub cluster: Rc<ClusterModel>,
}

#[component]
pub fn EmbedLayout(EmbedLayoutProps { embed, ui, cluster }: &EmbedLayoutProps) -> Html {
    let transcript = use_state_eq(Transcript::load);
    let parted = cluster.branches.others.iter().filter_map(|branch| branch.diverged_us);
    let violated = cluster.violations.iter().map(|violation| violation.time_us);
    let (logs, events) = (embed.shows(EmbedPart::Logs), embed.shows(EmbedPart::Events));
    let (timeline, controls) = (embed.shows(EmbedPart::Timeline), embed.shows(EmbedPart::Controls));
    html! {
        <ContextProvider<Rc<Permissions>> context={&cluster.permissions}>
            <ViolationBanner
                violations={&cluster.violations}
                generation={cluster.generation}
            />
            // A frame says only what is wrong: that it shows a shared script is no news there.
            if let Some(banner) = ui.banner.as_ref().filter(|banner| banner.is_error) {
                <SessionBanner banner={banner.clone()} />
            }
            <main class="workspace embedded">
                <h1 class="spoken">{ text::NAME }</h1>
                if embed.shows(EmbedPart::Stage) {
                    <div class="stage-zone">
                        <Stage
                            {cluster}
                            selection={ui.selection}
                            menu={ui.menu}
                            groups={ui.partition.filter(|_| ui.dialog == Some(Dialog::Partition))}
                        />
                        <LatestLine latest={&cluster.latest} />
                        if cluster.narration.is_some() {
                            { command_row(ui, cluster, &transcript) }
                        }
                    </div>
                }
                if cluster.narration.is_some() {
                    <div class="narration-zone">
                        <NarrationCard
                            narration={&cluster.narration}
                            playing={cluster.pace.playing}
                        />
                    </div>
                }
                if logs || events {
                    { side(ui, cluster, logs, events) }
                }
                if controls || timeline {
                    <div
                        class="timeline-zone"
                        data-place="timeline"
                        role="group"
                        aria-label={text::TIMELINE}
                    >
                        <Controls
                            pace={cluster.pace}
                            branch_ticks={ticks(parted)}
                            violation_ticks={ticks(violated)}
                        />
                        if timeline {
                            <Timeline
                                shown=true
                                hovered={ui.hovered}
                                selection={ui.selection}
                                theme={ui.theme}
                            />
                        }
                    </div>
                }
            </main>
            { open_dialog(ui, cluster) }
        </ContextProvider<Rc<Permissions>>>
    }
}

/// A narration may ask for a command.
fn command_row(
    ui: &UiState,
    cluster: &ClusterModel,
    transcript: &UseStateHandle<Transcript>,
) -> Html {
    html! {
        <CommandRow
            client_count={cluster.clients.len()}
            healthy={cluster.links.iter().all(|link| link.state == LinkState::Up)}
            permissions={&cluster.permissions}
            hint={Hint::Gone}
            leader={cluster.leader}
            notice={ui.notice.clone().map(AttrValue::from)}
            transcript={transcript.clone()}
        />
    }
}

/// The logs and the events, beside the stage or below it.
fn side(ui: &UiState, cluster: &ClusterModel, logs: bool, events: bool) -> Html {
    html! {
        <div class="embedded-side">
            if logs {
                <LogsPanel logs={&cluster.logs} narrows={cluster.narration.is_some()} />
            }
            if events {
                <section
                    class="panel embedded-events"
                    aria-label={text::embed_part(EmbedPart::Events)}
                >
                    <EventsPanel
                        events={&cluster.events}
                        filter={ui.options.filter}
                        selection={ui.selection}
                        server_count={cluster.servers.len()}
                    />
                </section>
            }
        </div>
    }
}

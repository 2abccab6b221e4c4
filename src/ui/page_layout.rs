//! The layout of the page: a pure function of the page's state and the picture of the cluster.

use std::rc::Rc;

use yew::prelude::*;

use super::components::controls::Controls;
use super::components::dialogs::Dialogs;
use super::components::header::Header;
use super::components::panels::{
    LogsPanel, ServersPanel, SessionBanner, TabbedPanels, ViolationBanner,
};
use super::components::stage::Stage;
use super::player::ticks;
use super::state::{Hint, UiState};
use super::view::{ClusterModel, LinkState};

#[derive(PartialEq, Properties)]
pub struct PageLayoutProps {
    pub ui: UiState,
    pub picture: Rc<ClusterModel>,
}

#[component]
pub fn PageLayout(PageLayoutProps { ui, picture }: &PageLayoutProps) -> Html {
    // A violation is more important than the hint.
    let hint = if picture.violations.is_empty() { ui.hint } else { Hint::Gone };
    let healthy = picture.links.iter().all(|link| link.state == LinkState::Up);
    let parted = picture.branches.others.iter().filter_map(|branch| branch.diverged_us);
    let violated = picture.violations.iter().map(|violation| violation.time_us);
    html! {
        <>
            <Header theme={ui.theme} violated={!picture.violations.is_empty()} />
            <ViolationBanner
                violations={&picture.violations}
                generation={picture.generation}
            />
            if let Some(banner) = &ui.banner {
                <SessionBanner banner={banner.clone()} />
            }
            <main>
                <div class="bench">
                    <Stage
                        cluster={picture}
                        selection={ui.focus.selection}
                        menu={ui.menu}
                        {hint}
                    />
                    <Controls
                        playing={picture.playing}
                        speed={picture.speed}
                        {healthy}
                        branch_ticks={ticks(parted)}
                        violation_ticks={ticks(violated)}
                        notice={ui.notice.clone().map(AttrValue::from)}
                    />
                    <ServersPanel servers={&picture.servers} />
                </div>
                <div class="side">
                    <LogsPanel logs={&picture.logs} />
                    <TabbedPanels tab={ui.tab} focus={ui.focus} {picture} />
                </div>
            </main>
            <Dialogs
                dialog={ui.dialog}
                {picture}
                shortcuts={ui.shortcuts}
                theme={ui.theme}
            />
        </>
    }
}

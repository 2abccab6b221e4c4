//! The layout of the page: a pure function of the page's state and the picture of the cluster.

use std::rc::Rc;

use yew::prelude::*;

use super::components::controls::Controls;
use super::components::dialogs::DialogsProps;
use super::components::header::Header;
use super::components::panels::{
    LogsProps, PanelsProps, ServerTableProps, TellProps, ViolationProps,
};
use super::components::stage::Stage;
use super::part::put;
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
    let parted = picture.branches.others.iter().filter_map(|branch| branch.parted_us);
    let violated = picture.violations.iter().map(|violation| violation.time_us);
    html! {
        <>
            <Header theme={ui.theme} violated={!picture.violations.is_empty()} />
            { put("violation", ViolationProps {
                violations: picture.violations.clone(),
                generation: picture.generation,
            }) }
            if let Some(banner) = &ui.banner {
                { put("tell", TellProps { tell: banner.clone() }) }
            }
            <main>
                <div class="bench">
                    <Stage
                        picture={picture.clone()}
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
                    { put("servers", ServerTableProps { servers: picture.servers.clone() }) }
                </div>
                <div class="side">
                    { put("logs", LogsProps { logs: picture.logs.clone() }) }
                    { put("panels", PanelsProps {
                        tab: ui.tab,
                        focus: ui.focus,
                        picture: picture.clone(),
                    }) }
                </div>
            </main>
            { put("dialogs", DialogsProps {
                dialog: ui.dialog,
                picture: picture.clone(),
                shortcuts: ui.shortcuts,
                theme: ui.theme,
            }) }
        </>
    }
}

//! The settings: of the running cluster, of a new cluster, and of the page.

mod field;
mod new_cluster;
mod page;
mod running_cluster;

use std::rc::Rc;

use yew::prelude::*;

use crate::sim::Settings;
use crate::ui::state::Theme;

use new_cluster::NewClusterSettings;
use page::PageSettings;
use running_cluster::RunningClusterSettings;

#[derive(PartialEq, Properties)]
pub struct SettingsDialogProps {
    /// The settings of the running cluster.
    pub settings: Rc<Settings>,
    /// Whether single-key shortcuts are enabled.
    pub shortcuts: bool,
    pub theme: Theme,
}

#[component]
pub fn SettingsDialog(props: &SettingsDialogProps) -> Html {
    html! {
        <>
            <RunningClusterSettings settings={&props.settings} />
            <NewClusterSettings settings={&props.settings} />
            <PageSettings shortcuts={props.shortcuts} theme={props.theme} />
        </>
    }
}

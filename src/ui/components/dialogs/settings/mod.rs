//! The settings: of the running cluster, of a new cluster, and of the page.

mod field;
mod new_cluster;
mod page;
mod running_cluster;

use std::rc::Rc;

use yew::prelude::*;

use crate::sim::Settings;
use crate::ui::context::use_page;
use crate::ui::state::Theme;

use new_cluster::NewClusterSettings;
use page::page_settings;
use running_cluster::running_cluster_settings;

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
    let page = use_page();
    html! {
        <>
            { running_cluster_settings(&page, &props.settings) }
            <NewClusterSettings settings={&props.settings} />
            { page_settings(&page, props.shortcuts, props.theme) }
        </>
    }
}

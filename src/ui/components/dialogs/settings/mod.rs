//! The settings: of the running cluster, of a new cluster, and of the page.

mod field;
mod new_cluster;
mod page;
mod row;
mod running_cluster;

use std::rc::Rc;

use yew::prelude::*;

use crate::sim::Settings;
use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::state::Theme;
use crate::ui::text;
use crate::ui::view::ServerModel;

use new_cluster::NewClusterSettings;
use page::page_settings;
pub(super) use row::SettingField;
use running_cluster::RunningClusterSettings;

#[derive(PartialEq, Properties)]
pub struct SettingsDialogProps {
    /// The settings of the running cluster.
    pub settings: Rc<Settings>,
    pub servers: Rc<Vec<ServerModel>>,
    /// Whether single-key shortcuts are enabled.
    pub shortcuts: bool,
    pub theme: Theme,
}

#[component]
pub fn SettingsDialog(props: &SettingsDialogProps) -> Html {
    let page = use_page();
    let query = use_state_eq(AttrValue::default);
    let oninput = {
        let query = query.setter();
        Callback::from(move |event: InputEvent| query.set(dom::value_of(&event).into()))
    };
    html! {
        <>
            <label class="search-field">
                <span class="spoken">{ text::SEARCH_SETTINGS }</span>
                <input
                    type="search"
                    autocomplete="off"
                    placeholder={text::SEARCH_SETTINGS}
                    value={(*query).clone()}
                    {oninput}
                />
            </label>
            <RunningClusterSettings
                settings={&props.settings}
                servers={&props.servers}
                query={(*query).clone()}
            />
            if query.trim().is_empty() {
                <NewClusterSettings settings={&props.settings} />
                { page_settings(&page, props.shortcuts, props.theme) }
            }
        </>
    }
}

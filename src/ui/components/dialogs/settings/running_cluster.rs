//! The settings that apply at once to the running cluster.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::ServerId;
use crate::sim::Settings;
use crate::ui::platform::dom;
use crate::ui::text::{self, SettingSection};
use crate::ui::view::{ServerModel, SettingRow, setting_rows};

use super::row::SettingField;

#[derive(PartialEq, Properties)]
pub struct RunningClusterSettingsProps {
    pub settings: Rc<Settings>,
    pub servers: Rc<Vec<ServerModel>>,
    /// Only settings that match it are shown.
    pub query: AttrValue,
}

#[component]
pub fn RunningClusterSettings(props: &RunningClusterSettingsProps) -> Html {
    let ruled = use_state_eq(|| None);
    let section = |section: SettingSection| {
        let rows = setting_rows(section, &props.settings, &props.servers, *ruled);
        let rows: Vec<SettingRow> =
            rows.into_iter().filter(|row| row.matches(&props.query)).collect();
        (section, rows)
    };
    let mut sections = SettingSection::ALL.map(section).into_iter().peekable();
    let field = |row: SettingRow| {
        let key = format!("{} {}", row.before, row.after);
        let (servers, clients) = (props.servers.len(), props.settings.clients);
        html! { <SettingField {key} {row} {servers} {clients} /> }
    };
    if sections.clone().all(|(_, rows)| rows.is_empty()) {
        return html! { <p class="empty" role="status">{ text::NO_SETTING }</p> };
    }
    let shown = sections.by_ref().filter(|(_, rows)| !rows.is_empty());
    html! {
        <section>
            <h3>{ "Running cluster" }</h3>
            <p class="quiet">{ text::SETTINGS_LIVE }</p>
            { for shown.map(|(section, rows)| html! {
                <div class="setting-section" key={section.title()}>
                    <h4>{ section.title() }</h4>
                    if section == SettingSection::Rules {
                        { choose_server(&props.servers, &ruled) }
                    }
                    { for rows.into_iter().map(field) }
                    if section == SettingSection::Network {
                        <p class="quiet">{ text::LINKS_OWN }</p>
                    }
                </div>
            }) }
        </section>
    }
}

/// A rule can be off on one server only.
fn choose_server(servers: &[ServerModel], ruled: &UseStateHandle<Option<ServerId>>) -> Html {
    let onchange = {
        let ruled = ruled.setter();
        Callback::from(move |event: Event| {
            ruled.set(dom::value_of(&event).parse().ok().and_then(ServerId::new));
        })
    };
    let option = |server: &ServerModel| {
        html! {
            <option
                value={server.id.number().to_string()}
                selected={**ruled == Some(server.id)}
            >
                { text::server(server.id) }
            </option>
        }
    };
    html! {
        <label class="field">
            <span>{ "Rules of" }</span>
            <select {onchange}>
                <option value="" selected={ruled.is_none()}>{ "all servers" }</option>
                { for servers.iter().map(option) }
            </select>
        </label>
    }
}

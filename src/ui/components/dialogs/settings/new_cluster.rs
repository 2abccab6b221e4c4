//! The settings of a new cluster, which replaces the running one.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::{CLIENTS_MAX, SERVERS_MAX};
use crate::sim::Settings;
use crate::ui::context::use_page;
use crate::ui::first_cluster;
use crate::ui::state::Action;
use crate::ui::text;

use super::field::NumberField;

/// The largest integer that a number field holds exactly.
const SEED_MAX: f64 = 9_007_199_254_740_991.0;

#[derive(PartialEq, Properties)]
pub struct NewClusterSettingsProps {
    pub settings: Rc<Settings>,
}

#[component]
pub fn NewClusterSettings(props: &NewClusterSettingsProps) -> Html {
    let servers = use_state_eq(|| props.settings.servers);
    let spare = use_state_eq(|| 0);
    let clients = use_state_eq(|| props.settings.clients);
    let seed = use_state_eq(|| props.settings.seed);
    let onsubmit = {
        let settings = Settings {
            servers: *servers,
            clients: *clients,
            seed: *seed,
            ..(*props.settings).clone()
        };
        let spare = (*spare).min(SERVERS_MAX - *servers);
        use_page().callback(move |page, event: SubmitEvent| {
            event.prevent_default();
            page.dispatch(Action::CloseDialog);
            let script = first_cluster::script_of(&settings, spare);
            if let Err(error) = page.player.open_at_first_election(&script) {
                page.dispatch(Action::Notice(error));
            }
        })
    };
    let count = |name, state: &UseStateHandle<usize>, min: usize, max: usize| {
        let setter = state.setter();
        let onset = Callback::from(move |number: f64| setter.set(number as usize));
        let (value, min, max) = (**state as f64, min as f64, max as f64);
        html! { <NumberField {name} unit="" {value} {min} {max} {onset} /> }
    };
    let set_seed = {
        let seed = seed.setter();
        Callback::from(move |number: f64| seed.set(number as u64))
    };
    html! {
        <section>
            <h3>{ "New cluster" }</h3>
            <p class="quiet">{ text::SETTINGS_NEW }</p>
            <form class="fields" {onsubmit}>
                { count("Servers", &servers, 1, SERVERS_MAX) }
                { count("Spare servers", &spare, 0, SERVERS_MAX - 1) }
                { count("Clients", &clients, 0, CLIENTS_MAX) }
                <NumberField
                    name="Seed"
                    unit=""
                    value={*seed as f64}
                    min=0.0
                    max={SEED_MAX}
                    onset={set_seed}
                />
                <button type="submit" class="primary">{ "Start a new cluster" }</button>
            </form>
        </section>
    }
}

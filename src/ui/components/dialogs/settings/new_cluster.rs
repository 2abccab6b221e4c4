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
    let learners = use_state_eq(|| 0);
    let spare = use_state_eq(|| 0);
    let clients = use_state_eq(|| props.settings.clients);
    let seed = use_state_eq(|| props.settings.seed);
    let onsubmit = {
        let voters = *servers;
        let learners = (*learners).min(SERVERS_MAX - voters);
        let spare = (*spare).min(SERVERS_MAX - voters - learners);
        let settings = Settings {
            servers: voters,
            clients: *clients,
            seed: *seed,
            ..(*props.settings).clone()
        };
        use_page().callback(move |page, event: SubmitEvent| {
            event.prevent_default();
            page.dispatch(Action::CloseDialog);
            let script = first_cluster::script_of(&settings, learners, spare);
            if let Err(error) = page.player.open_at_first_election(&script) {
                page.dispatch(Action::Notice(error));
            }
        })
    };
    let count = |name, means, state: &UseStateHandle<usize>, min: usize, max: usize| {
        let setter = state.setter();
        let onset = Callback::from(move |number: f64| setter.set(number as usize));
        let (value, min, max) = (**state as f64, min as f64, max as f64);
        html! { <NumberField {name} {means} {value} {min} {max} {onset} /> }
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
                { count("Servers", text::help_of("servers"), &servers, 1, SERVERS_MAX) }
                { count("Learners", text::LEARNERS_MEANS, &learners, 0, SERVERS_MAX - 1) }
                { count("Spare servers", text::SPARE_MEANS, &spare, 0, SERVERS_MAX - 1) }
                { count("Clients", text::help_of("clients"), &clients, 0, CLIENTS_MAX) }
                <NumberField
                    name="Seed"
                    means={text::SEED_MEANS}
                    value={*seed as f64}
                    min=0.0
                    max={SEED_MAX}
                    onset={set_seed}
                />
                <p class="quiet" data-setting="given">{ text::GIVEN_MEANS }</p>
                <button type="submit" class="primary">{ "Start a new cluster" }</button>
            </form>
        </section>
    }
}

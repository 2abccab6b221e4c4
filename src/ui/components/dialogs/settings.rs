//! The settings: those that apply at once, those that make a new cluster, and those of the page.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::{CLIENTS_MAX, Reads, SERVERS_MAX};
use crate::sim::{Act, MS, Micros, Preset, Setting, Settings, Span};
use crate::ui::decimal::plain;
use crate::ui::desk::desk;
use crate::ui::first_cluster;
use crate::ui::hooks::{Kept, use_kept};
use crate::ui::markup::html;
use crate::ui::part::{part, put};
use crate::ui::platform::dom;
use crate::ui::state::{Action, Theme};
use crate::ui::text;

/// Properties of the settings form.
#[derive(Clone, PartialEq)]
pub struct SettingsProps {
    /// The settings in force.
    pub settings: Rc<Settings>,
    /// Whether single keys are shortcuts.
    pub shortcuts: bool,
    /// The colours.
    pub theme: Theme,
}

part!(SettingsProps, use_settings_form);

/// The settings.
#[hook]
fn use_settings_form(props: &SettingsProps) -> Html {
    html! {
        <>
            { put("live", LiveProps { settings: props.settings.clone() }) }
            { put("new", NewClusterProps { settings: props.settings.clone() }) }
            { put("page", OfThePageProps { shortcuts: props.shortcuts, theme: props.theme }) }
        </>
    }
}

#[derive(Clone, PartialEq)]
struct LiveProps {
    settings: Rc<Settings>,
}

part!(LiveProps, use_live);

#[hook]
fn use_live(props: &LiveProps) -> Html {
    let desk = desk();
    let settings = &props.settings;
    let set = {
        let desk = desk.clone();
        Callback::from(move |setting: Setting| {
            desk.player.act(Act::Set(setting));
        })
    };
    let election = settings.election_timeout.unwrap_or(Span::new(0, 0));
    let switch = |name: &'static str, on: bool, setting: Setting| {
        let onclick = set.reform(move |_: MouseEvent| setting.clone());
        html! {
            <button key={name} type="button" aria-pressed={if on { "true" } else { "false" }} {onclick}>{ name }</button>
        }
    };
    let preset = |preset: Preset| {
        let (span, heartbeat_us) = preset.timing();
        let on =
            settings.election_timeout == Some(span) && settings.heartbeat_us == Some(heartbeat_us);
        switch(preset.name(), on, Setting::Preset(preset))
    };
    let reads = |reads: Reads| switch(reads.name(), settings.reads == reads, Setting::Reads(reads));
    html! {
        <section>
            <h3>{ "The cluster that runs" }</h3>
            <p class="quiet">{ text::SETTINGS_LIVE }</p>
            <div class="presets" role="group" aria-label="Presets">{ for Preset::ALL.into_iter().map(preset) }</div>
            <div class="fields">
                { put("Election timeout", RangeProps { name: "Election timeout", span: election, onset: set.reform(|span| Setting::ElectionTimeout(Some(span))) }) }
                { put("Heartbeat", NumberProps { name: "Heartbeat", unit: "ms", value: settings.heartbeat_us.unwrap_or(0) as f64 / MS as f64, min: 1.0, max: 60_000.0, onset: set.reform(|ms: f64| Setting::Heartbeat(Some((ms * MS as f64) as Micros))) }) }
                { put("Latency", RangeProps { name: "Latency", span: settings.latency, onset: set.reform(Setting::Latency) }) }
                { put("Loss", NumberProps { name: "Loss", unit: "%", value: f64::from(settings.loss_ppm) / 10_000.0, min: 0.0, max: 100.0, onset: set.reform(|percent: f64| Setting::Loss((percent * 10_000.0) as u32)) }) }
                { put("Snapshot", NumberProps { name: "Snapshot every", unit: "entries", value: settings.snapshot_every.unwrap_or(0) as f64, min: 0.0, max: 1_000_000.0, onset: set.reform(|entries: f64| Setting::SnapshotEvery(Some(entries as u64).filter(|entries| *entries > 0))) }) }
            </div>
            <div class="presets" role="group" aria-label="Elections">
                <span>{ "Elections" }</span>
                { switch("pre-vote", settings.pre_vote, Setting::PreVote(!settings.pre_vote)) }
                { switch("check-quorum", settings.check_quorum, Setting::CheckQuorum(!settings.check_quorum)) }
            </div>
            <div class="presets" role="group" aria-label="Reads"><span>{ "Reads" }</span>{ for Reads::ALL.into_iter().map(reads) }</div>
        </section>
    }
}

#[derive(Clone, PartialEq)]
struct NewClusterProps {
    settings: Rc<Settings>,
}

part!(NewClusterProps, use_new_cluster);

#[hook]
fn use_new_cluster(props: &NewClusterProps) -> Html {
    let desk = desk();
    let servers = use_kept(|| props.settings.servers);
    let spare = use_kept(|| 0);
    let clients = use_kept(|| props.settings.clients);
    let seed = use_kept(|| props.settings.seed);
    let onsubmit = {
        let settings = Settings {
            servers: *servers,
            clients: *clients,
            seed: *seed,
            ..(*props.settings).clone()
        };
        let (desk, spare) = (desk.clone(), (*spare).min(SERVERS_MAX - *servers));
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            desk.say(Action::CloseDialog);
            if let Err(error) =
                desk.player.open_at_first_election(&first_cluster::script_of(&settings, spare))
            {
                desk.say(Action::Notice(error));
            }
        })
    };
    let choose = |state: &Kept<usize>| {
        let state = state.clone();
        Callback::from(move |number: f64| state.set(number as usize))
    };
    let choose_seed = {
        let seed = seed.clone();
        Callback::from(move |number: f64| seed.set(number as u64))
    };
    html! {
        <section>
            <h3>{ "A new cluster" }</h3>
            <p class="quiet">{ text::SETTINGS_NEW }</p>
            <form class="fields" {onsubmit}>
                { put("Servers", NumberProps { name: "Servers", unit: "", value: *servers as f64, min: 1.0, max: SERVERS_MAX as f64, onset: choose(&servers) }) }
                { put("Spare", NumberProps { name: "Spare servers", unit: "", value: *spare as f64, min: 0.0, max: (SERVERS_MAX - 1) as f64, onset: choose(&spare) }) }
                { put("Clients", NumberProps { name: "Clients", unit: "", value: *clients as f64, min: 0.0, max: CLIENTS_MAX as f64, onset: choose(&clients) }) }
                { put("Seed", NumberProps { name: "Seed", unit: "", value: *seed as f64, min: 0.0, max: 9_007_199_254_740_991.0, onset: choose_seed }) }
                <button type="submit" class="primary">{ "Start a new cluster" }</button>
            </form>
        </section>
    }
}

#[derive(Clone, PartialEq)]
struct OfThePageProps {
    shortcuts: bool,
    theme: Theme,
}

part!(OfThePageProps, use_of_the_page);

#[hook]
fn use_of_the_page(props: &OfThePageProps) -> Html {
    let desk = desk();
    let change_shortcuts = {
        let desk = desk.clone();
        Callback::from(move |event: Event| {
            desk.say(Action::SetShortcuts(dom::checked_of(&event)));
        })
    };
    let theme = |theme: Theme| {
        let desk = desk.clone();
        let onchange = Callback::from(move |_: Event| desk.say(Action::SetTheme(theme)));
        html! {
            <label class="choice" key={theme.name()}>
                <input type="radio" name="theme" checked={props.theme == theme} {onchange} />{ text::theme(theme) }
            </label>
        }
    };
    html! {
        <section>
            <h3>{ "This page" }</h3>
            <label class="choice">
                <input type="checkbox" checked={props.shortcuts} onchange={change_shortcuts} />
                { "Single keys are shortcuts (Space, full stop, digits; see Help)" }
            </label>
            <div class="choices" role="radiogroup" aria-label="Theme">{ for [Theme::System, Theme::Light, Theme::Dark].into_iter().map(theme) }</div>
        </section>
    }
}

#[derive(Clone, PartialEq)]
struct NumberProps {
    name: &'static str,
    unit: &'static str,
    value: f64,
    min: f64,
    max: f64,
    onset: Callback<f64>,
}

part!(NumberProps, use_number);

#[hook]
fn use_number(props: &NumberProps) -> Html {
    let wrong = use_kept(|| false);
    let onchange = {
        let (props, wrong) = (props.clone(), wrong.clone());
        Callback::from(move |event: Event| {
            let number =
                dom::number_of(&event).filter(|number| (props.min..=props.max).contains(number));
            wrong.set(number.is_none());
            number.into_iter().for_each(|number| props.onset.emit(number));
        })
    };
    html! {
        <label class="field">
            <span>{ props.name }</span>
            <input type="number" inputmode="decimal" step="any" min={written(props.min)} max={written(props.max)} value={written(props.value)} {onchange} aria-invalid={wrong.then_some("true")} />
            <span class="unit">{ props.unit }</span>
            if *wrong {
                <small class="wrong" role="alert">{ format!("Give a number from {} to {}.", written(props.min), written(props.max)) }</small>
            }
        </label>
    }
}

#[derive(Clone, PartialEq)]
struct RangeProps {
    name: &'static str,
    span: Span,
    onset: Callback<Span>,
}

part!(RangeProps, use_range);

#[hook]
fn use_range(props: &RangeProps) -> Html {
    let wrong = use_kept(|| false);
    let (from, to) = (use_node_ref(), use_node_ref());
    let onchange = {
        let (props, wrong) = (props.clone(), wrong.clone());
        let (from, to) = (from.clone(), to.clone());
        Callback::from(move |_: Event| {
            let number = |field: &NodeRef| dom::number_in(&field.cast()?);
            let us = |field: &NodeRef| {
                number(field)
                    .filter(|ms| (0.0..=600_000.0).contains(ms))
                    .map(|ms| (ms * MS as f64) as Micros)
            };
            let span = us(&from).zip(us(&to)).filter(|(from, to)| from <= to);
            wrong.set(span.is_none());
            span.into_iter().for_each(|(from, to)| props.onset.emit(Span::new(from, to)));
        })
    };
    let ms = |us: Micros| plain(us as f64 / MS as f64, 3);
    html! {
        <div class="field range" role="group" aria-label={props.name}>
            <span>{ props.name }</span>
            <input type="number" min="0" step="any" aria-label={format!("{} from", props.name)} ref={from} value={ms(props.span.from_us)} onchange={onchange.clone()} />
            <span class="to">{ "to" }</span>
            <input type="number" min="0" step="any" aria-label={format!("{} to", props.name)} ref={to} value={ms(props.span.to_us)} {onchange} />
            <span class="unit">{ "ms" }</span>
            if *wrong {
                <small class="wrong" role="alert">{ text::RANGE_WRONG }</small>
            }
        </div>
    }
}

/// A number as a field holds it: whole, or a fraction of what the cluster can tell apart.
fn written(number: f64) -> String {
    if number >= 1e9 { plain(number, 0) } else { plain(number, 4) }
}

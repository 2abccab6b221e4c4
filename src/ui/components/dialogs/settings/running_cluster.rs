//! The settings that apply at once to the running cluster.

use yew::prelude::*;

use crate::raft::Reads;
use crate::sim::{Act, MS, Micros, Preset, Setting, Settings, Span};
use crate::ui::context::PageContext;
use crate::ui::text;

use super::field::{NumberField, RangeField};

pub fn running_cluster_settings(page: &PageContext, settings: &Settings) -> Html {
    let onset = page.callback(|page, setting: Setting| {
        page.player.act(Act::Set(setting));
    });
    html! {
        <section>
            <h3>{ "Running cluster" }</h3>
            <p class="quiet">{ text::SETTINGS_LIVE }</p>
            <div class="presets" role="group" aria-label="Presets">
                { for Preset::ALL.map(|preset| preset_button(settings, preset, &onset)) }
            </div>
            <div class="fields">
                { timing_fields(settings, &onset) }
                { network_fields(settings, &onset) }
                { snapshot_field(settings, &onset) }
            </div>
            <div class="presets" role="group" aria-label="Elections">
                <span>{ "Elections" }</span>
                { election_buttons(settings, &onset) }
            </div>
            <div class="presets" role="group" aria-label="Reads">
                <span>{ "Reads" }</span>
                { for Reads::ALL.map(|reads| reads_button(settings, reads, &onset)) }
            </div>
        </section>
    }
}

fn toggle(name: &'static str, is_on: bool, setting: Setting, onset: &Callback<Setting>) -> Html {
    let onclick = onset.reform(move |_: MouseEvent| setting.clone());
    let pressed = if is_on { "true" } else { "false" };
    html! { <button type="button" aria-pressed={pressed} {onclick}>{ name }</button> }
}

fn preset_button(settings: &Settings, preset: Preset, onset: &Callback<Setting>) -> Html {
    let (span, heartbeat_us) = preset.timing();
    let is_on =
        settings.election_timeout == Some(span) && settings.heartbeat_us == Some(heartbeat_us);
    toggle(preset.name(), is_on, Setting::Preset(preset), onset)
}

fn election_buttons(settings: &Settings, onset: &Callback<Setting>) -> Html {
    let (pre_vote, check_quorum) = (settings.pre_vote, settings.check_quorum);
    let catch_up = *settings.catch_up;
    html! {
        <>
            { toggle("pre-vote", pre_vote, Setting::PreVote(!pre_vote), onset) }
            { toggle("check-quorum", check_quorum, Setting::CheckQuorum(!check_quorum), onset) }
            { toggle("catch-up", catch_up, Setting::CatchUp(!catch_up), onset) }
        </>
    }
}

fn reads_button(settings: &Settings, reads: Reads, onset: &Callback<Setting>) -> Html {
    toggle(reads.name(), settings.reads == reads, Setting::Reads(reads), onset)
}

fn timing_fields(settings: &Settings, onset: &Callback<Setting>) -> Html {
    let set_heartbeat =
        onset.reform(|ms: f64| Setting::Heartbeat(Some((ms * MS as f64) as Micros)));
    html! {
        <>
            <RangeField
                name="Election timeout"
                span={settings.election_timeout.unwrap_or(Span::new(0, 0))}
                onset={onset.reform(|span| Setting::ElectionTimeout(Some(span)))}
            />
            <NumberField
                name="Heartbeat"
                unit="ms"
                value={settings.heartbeat_us.unwrap_or(0) as f64 / MS as f64}
                min=1.0
                max=60_000.0
                onset={set_heartbeat}
            />
        </>
    }
}

fn network_fields(settings: &Settings, onset: &Callback<Setting>) -> Html {
    let set_loss = onset.reform(|percent: f64| Setting::Loss((percent * 10_000.0) as u32));
    html! {
        <>
            <RangeField
                name="Latency"
                span={settings.latency}
                onset={onset.reform(Setting::Latency)}
            />
            <NumberField
                name="Loss"
                unit="%"
                value={f64::from(settings.loss_ppm) / 10_000.0}
                min=0.0
                max=100.0
                onset={set_loss}
            />
        </>
    }
}

/// 0 turns snapshots off.
fn snapshot_field(settings: &Settings, onset: &Callback<Setting>) -> Html {
    let set_snapshot = onset.reform(|entries: f64| {
        Setting::SnapshotEvery(Some(entries as u64).filter(|entries| *entries > 0))
    });
    html! {
        <NumberField
            name="Snapshot every"
            unit="entries"
            value={settings.snapshot_every.unwrap_or(0) as f64}
            min=0.0
            max=1_000_000.0
            onset={set_snapshot}
        />
    }
}

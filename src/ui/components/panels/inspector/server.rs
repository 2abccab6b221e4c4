//! A server's values, why it has its role, and its newest decisions.

use yew::prelude::*;

use crate::raft::{ProgressState, ServerSet};
use crate::ui::context::PageContext;
use crate::ui::state::{Action, Selection};
use crate::ui::text;
use crate::ui::view::{DecisionModel, ServerFacts, ServerModel};

use super::chain::explained;
use super::reason::reason;
use super::values::value_row;

pub fn details(page: &PageContext, server: &ServerModel, facts: &ServerFacts) -> Html {
    html! {
        <>
            <h3 class="inspector-title">{ heading(server) }</h3>
            <dl class="fields-list">
                { for facts.values.iter().map(|value| value_row(page, value)) }
                { for fields(server, facts).into_iter().map(field_row) }
            </dl>
            { for facts.since.iter().chain(&facts.why).map(|why| explained(page, why)) }
            <h4>{ text::NEWEST_DECISIONS }</h4>
            if facts.reasons.is_empty() {
                <p class="empty">{ text::NO_DECISIONS }</p>
            } else {
                <ol class="chain">
                    { for facts.reasons.iter().map(|reason| decision_row(page, reason)) }
                </ol>
            }
        </>
    }
}

fn heading(server: &ServerModel) -> String {
    let state = match server.state() {
        "leader" => "the leader".to_owned(),
        state @ ("crashed" | "paused") => state.to_owned(),
        role => format!("a {role}"),
    };
    format!("{} is {state} in term {}", text::server(server.id), server.term)
}

fn field_row((name, value): (&'static str, String)) -> Html {
    html! {
        <div key={name}>
            <dt>{ name }</dt>
            <dd>{ value }</dd>
        </div>
    }
}

fn fields(server: &ServerModel, facts: &ServerFacts) -> Vec<(&'static str, String)> {
    let due = |us: Option<u64>| us.map_or_else(|| "–".to_owned(), text::moment);
    let mut rows = Vec::new();
    if server.leads() {
        rows.push(("heartbeat at", due(facts.heartbeat_due_us)));
    } else {
        rows.push(("election at", due(facts.election_due_us)));
    }
    if server.campaigns() {
        rows.push(("votes granted", servers_or_dash(server.granted)));
        rows.push(("votes denied", servers_or_dash(server.rejected)));
    }
    for phase in [ProgressState::Probe, ProgressState::Replicate, ProgressState::Snapshot] {
        let followers = facts.followers.iter().filter(|(_, known)| *known == phase);
        let followers: ServerSet = followers.map(|(id, _)| *id).collect();
        if !followers.is_empty() {
            rows.push((phase.name(), text::servers(followers)));
        }
    }
    if facts.writes_pending > 0 {
        rows.push(("pending writes", facts.writes_pending.to_string()));
    }
    if facts.skew_milli != 1000 {
        let speed = f64::from(facts.skew_milli) / 1000.0;
        rows.push(("clock speed", speed.to_string()));
    }
    if let Some(own) = server.disk {
        rows.push(("write takes", text::latency_range(own)));
    }
    rows
}

fn servers_or_dash(set: ServerSet) -> String {
    if set.is_empty() { "–".to_owned() } else { text::servers(set) }
}

fn decision_row(page: &PageContext, decision: &DecisionModel) -> Html {
    let select = page.on_click(Action::Select(Selection::Event(decision.event)));
    let DecisionModel { time_us, why, times, .. } = decision;
    html! {
        <li>
            { reason(why) }
            <small>
                { text::source(*time_us, why.rule, why.section) }
                if *times > 1 {
                    { format!(" · {times} times") }
                }
                { " · " }
                <button type="button" class="link-like" onclick={select}>{ "causes" }</button>
            </small>
        </li>
    }
}

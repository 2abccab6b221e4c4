//! The inspector: what was decided, and why, back to a timer or to a person's act.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::{Phase, ServerSet};
use crate::ui::decimal::plain;
use crate::ui::desk::desk;
use crate::ui::markup::{classes, html};
use crate::ui::part::part;
use crate::ui::state::{Action, Selection, Tab};
use crate::ui::text;
use crate::ui::view::{
    DecisionModel, EventModel, Inspector, ReasonModel, ServerFacts, ServerModel, moment,
};

/// Properties of the why panel.
#[derive(Clone, PartialEq)]
pub struct WhyProps {
    /// What there is to say.
    pub inspector: Rc<Inspector>,
    /// The servers.
    pub servers: Rc<Vec<ServerModel>>,
}

part!(WhyProps, use_why_panel);

/// The inspector.
#[hook]
fn use_why_panel(props: &WhyProps) -> Html {
    match &*props.inspector {
        Inspector::Nothing => html! { <p class="empty">{ text::WHY_EMPTY }</p> },
        Inspector::Forgotten(id) => html! { <p class="empty">{ text::forgotten(*id) }</p> },
        Inspector::ToCome(id) => html! { <p class="empty">{ text::to_come(*id) }</p> },
        Inspector::Event(chain) => chain_view(chain),
        Inspector::Server(facts) => match props.servers.iter().find(|server| server.id == facts.id)
        {
            Some(server) => server_view(server, facts),
            None => html! { <p class="empty">{ text::WHY_EMPTY }</p> },
        },
    }
}

fn server_view(server: &ServerModel, facts: &ServerFacts) -> Html {
    let heading = format!(
        "{} is {} in term {}",
        text::server(server.id),
        with_article(server.state()),
        server.term
    );
    html! {
        <>
            <h3 class="why-title">{ heading }</h3>
            { fields(server, facts) }
            if facts.reasons.is_empty() {
                <p class="empty">{ text::NO_DECISIONS }</p>
            } else {
                <ol class="chain">{ for facts.reasons.iter().map(reason_row) }</ol>
            }
        </>
    }
}

fn with_article(state: &str) -> String {
    match state {
        "leader" => "the leader".to_string(),
        "crashed" | "paused" => state.to_string(),
        role => format!("a {role}"),
    }
}

fn fields(server: &ServerModel, facts: &ServerFacts) -> Html {
    let due = |us: Option<u64>| us.map_or_else(|| "–".to_string(), moment);
    let votes = |set: ServerSet| {
        if set.is_empty() { "–".to_string() } else { text::servers(set) }
    };
    let mut rows = vec![
        ("votedFor", text::server_or_dash(server.vote)),
        ("leader", text::server_or_dash(server.leader)),
        ("last index", server.last_index.to_string()),
        ("commitIndex", server.commit.to_string()),
        ("lastApplied", server.applied.to_string()),
    ];
    if server.leads() {
        rows.push(("heartbeat at", due(facts.heartbeat_due_us)));
    } else {
        rows.push(("election at", due(facts.election_due_us)));
    }
    if server.campaigns() {
        rows.push(("votes yes", votes(server.granted)));
        rows.push(("votes no", votes(server.rejected)));
    }
    if server.snapshot > 0 {
        rows.push(("snapshot up to", server.snapshot.to_string()));
    }
    rows.push(("configuration", facts.configuration.to_string()));
    let probed = |phase| {
        let of_phase = facts.followers.iter().filter(|(_, known)| *known == phase);
        of_phase.map(|(id, _)| *id).collect::<ServerSet>()
    };
    for phase in [Phase::Probe, Phase::Replicate, Phase::Snapshot] {
        let followers = probed(phase);
        if !followers.is_empty() {
            rows.push((phase.name(), votes(followers)));
        }
    }
    if facts.writes_pending > 0 {
        rows.push(("writes not stable", facts.writes_pending.to_string()));
    }
    if facts.skew_milli != 1000 {
        rows.push(("clock speed", plain(f64::from(facts.skew_milli) / 1000.0, 3)));
    }
    html! {
        <dl class="fields-list">
            { for rows.into_iter().map(|(name, value)| html! { <div key={name}><dt>{ name }</dt><dd>{ value }</dd></div> }) }
        </dl>
    }
}

fn reason_row(reason: &DecisionModel) -> Html {
    let desk = desk();
    let event = reason.event;
    let select = desk.saying(Action::Select(Selection::Event(event)));
    let times =
        if reason.times > 1 { format!(" · {} times", reason.times) } else { String::new() };
    html! {
        <li>
            { because(&reason.why) }
            <small>{ text::source(reason.time_us, reason.why.rule, reason.why.section) }{ times }{ " · " }
                <button type="button" class="link-like" onclick={select}>{ "causes" }</button>
            </small>
        </li>
    }
}

fn chain_view(chain: &[EventModel]) -> Html {
    let desk = desk();
    let back = desk.saying(Action::Show(Tab::Events));
    let title = chain.first().map(|event| event.title.clone()).unwrap_or_default();
    html! {
        <>
            <h3 class="why-title">{ title }</h3>
            <ol class="chain" aria-label="The event and its causes, the newest first">
                { for chain.iter().enumerate().map(|(place, event)| link(place, event)) }
            </ol>
            <button type="button" onclick={back}>{ "Back to the events" }</button>
        </>
    }
}

fn link(place: usize, event: &EventModel) -> Html {
    html! {
        <li key={event.id} class={classes!((place == 0).then_some("first"))}>
            if place > 0 {
                <span>{ &event.title }</span>
            }
            { for event.whys.iter().map(|why| html! { <div class="of-chain"><b>{ text::server(why.server) }</b>{ " " }{ because(why) }</div> }) }
            <small>
                { moment(event.time_us) }
                if event.act { { " · " }{ text::origin(true) } }
                { for event.whys.last().map(|why| html! { <>{ " · " }{ why.rule }{ " · " }{ why.section }</> }) }
            </small>
        </li>
    }
}

fn because(why: &ReasonModel) -> Html {
    html! {
        <span class="because">{ &why.fact }
        if !why.decision.is_empty() {
            { " → " }<em>{ &why.decision }</em>
        }
        </span>
    }
}

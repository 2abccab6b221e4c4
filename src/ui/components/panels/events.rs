//! The event log: what happened and why, the newest first. Events of one round are one row.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::{ServerId, Topic};
use crate::ui::context::{PageContext, use_page};
use crate::ui::platform::dom;
use crate::ui::state::{Action, EventFilter, Selection};
use crate::ui::text;
use crate::ui::view::{EventModel, EventRowModel, EventsModel, ReasonModel, RoundModel};

#[derive(PartialEq, Properties)]
pub struct EventsPanelProps {
    pub events: Rc<EventsModel>,
    pub filter: EventFilter,
    pub selection: Option<Selection>,
    pub server_count: usize,
}

#[component]
pub fn EventsPanel(props: &EventsPanelProps) -> Html {
    let page = use_page();
    let onselect = use_callback((), {
        let page = page.clone();
        move |id: u64, ()| page.dispatch(Action::Select(Selection::Event(id)))
    });
    let onfold = use_callback((), {
        let page = page.clone();
        move |id: u64, ()| page.dispatch(Action::ToggleRound(id))
    });
    use_effect_with(props.selection, |selection| {
        if let Some(Selection::Event(id)) = selection {
            let chosen = Selection::Event(*id);
            dom::bring_into_sight(&format!(".events [data-selection=\"{chosen}\"]"));
        }
    });
    let EventsModel { rows, more, from_us } = &*props.events;
    let row = |row: &EventRowModel| match row {
        EventRowModel::Single(event) => html! {
            <EventRow key={event.id} event={event.clone()} onselect={&onselect} />
        },
        EventRowModel::Round(round) => html! {
            <RoundRow
                key={format!("round {}", round.id)}
                round={round.clone()}
                onselect={&onselect}
                onfold={&onfold}
            />
        },
    };
    html! {
        <>
            { filters(&page, props.filter, props.server_count) }
            if !rows.is_empty() {
                <ol class="events" reversed=true aria-label={text::EVENTS_NAME}>
                    { for rows.iter().map(row) }
                </ol>
            } else if from_us.is_none() {
                <p class="empty">{ text::EVENTS_EMPTY }</p>
            }
            if *more {
                <p class="quiet">{ "Older events are not listed." }</p>
            } else if let Some(from_us) = from_us {
                <p class="quiet">{ text::events_since(*from_us) }</p>
            }
        </>
    }
}

fn filters(page: &PageContext, filter: EventFilter, server_count: usize) -> Html {
    let topic = |topic: Topic| {
        let onclick = page.on_click(Action::ToggleTopic(topic));
        let pressed = if filter.shows(topic) { "true" } else { "false" };
        html! {
            <button type="button" class="chip" aria-pressed={pressed} {onclick}>
                { text::topic(topic) }
            </button>
        }
    };
    let choose_server = page.callback(|page, event: Event| {
        let server = dom::value_of(&event).parse().ok().and_then(ServerId::new);
        page.dispatch(Action::OnlyServer(server));
    });
    let chosen = filter.server;
    let option = |slot: usize| {
        let id = ServerId::from_slot(slot);
        html! {
            <option value={id.number().to_string()} selected={chosen == Some(id)}>
                { text::server(id) }
            </option>
        }
    };
    html! {
        <div class="filters" role="group" aria-label="Event filters">
            { for Topic::ALL.map(topic) }
            <select aria-label="Events of" onchange={choose_server}>
                <option value="" selected={chosen.is_none()}>{ "all servers" }</option>
                { for (0..server_count).map(option) }
            </select>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct EventRowProps {
    event: EventModel,
    onselect: Callback<u64>,
}

#[component]
fn EventRow(props: &EventRowProps) -> Html {
    let event = &props.event;
    let id = event.id;
    let select = props.onselect.reform(move |_: MouseEvent| id);
    let class = if event.act { "act" } else { topic_class(event.topic) };
    html! {
        <li
            class={classes!("event", class)}
            data-selection={Selection::Event(id).to_string()}
        >
            <button type="button" onclick={select}>
                <span class="when">{ text::moment(event.time_us) }</span>
                <span class="what">{ &event.title }</span>
                { for event.whys.iter().map(decision) }
            </button>
        </li>
    }
}

#[derive(PartialEq, Properties)]
struct RoundRowProps {
    round: RoundModel,
    onselect: Callback<u64>,
    onfold: Callback<u64>,
}

/// One line for all events of a round, and the events below it while it is unfolded.
#[component]
fn RoundRow(props: &RoundRowProps) -> Html {
    let round = &props.round;
    let id = round.id;
    let fold = props.onfold.reform(move |_: MouseEvent| id);
    let row = |event: &EventModel| {
        html! { <EventRow key={event.id} event={event.clone()} onselect={&props.onselect} /> }
    };
    html! {
        <li class={classes!("event", "round", topic_class(round.topic))}>
            <button type="button" aria-expanded={round.unfolded.to_string()} onclick={fold}>
                <span class="when">{ text::moment(round.time_us) }</span>
                <span class="what">
                    { &round.title }
                    { " " }
                    <span class="quiet">{ text::events_in_round(round.count) }</span>
                </span>
                if !round.decision.is_empty() {
                    <span class="reason"><em>{ &round.decision }</em></span>
                }
            </button>
            if round.unfolded {
                <ol>{ for round.events.iter().map(row) }</ol>
            }
        </li>
    }
}

/// `S1: fact → decision`, on one line.
fn decision(why: &ReasonModel) -> Html {
    html! {
        <span class="reason">
            <b>{ text::server(why.server) }</b>
            { " " }
            { &why.fact }
            if !why.decision.is_empty() {
                { " → " }
                <em>{ &why.decision }</em>
            }
        </span>
    }
}

fn topic_class(topic: Topic) -> &'static str {
    match topic {
        Topic::Elections => "elections",
        Topic::Replication => "replication",
        Topic::Membership => "membership",
        Topic::Clients => "clients",
        Topic::Faults => "faults",
        Topic::Messages => "messages",
    }
}

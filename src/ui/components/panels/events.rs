//! The event log: what happened and why, the newest first.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::{ServerId, Topic};
use crate::ui::context::{PageContext, use_page};
use crate::ui::platform::dom;
use crate::ui::state::{Action, EventFilter, Selection};
use crate::ui::text;
use crate::ui::view::{EventModel, EventsModel, ReasonModel};

#[derive(PartialEq, Properties)]
pub struct EventsPanelProps {
    pub events: Rc<EventsModel>,
    pub filter: EventFilter,
    pub server_count: usize,
}

#[component]
pub fn EventsPanel(props: &EventsPanelProps) -> Html {
    let page = use_page();
    let onselect = use_callback((), {
        let page = page.clone();
        move |id: u64, ()| page.dispatch(Action::Select(Selection::Event(id)))
    });
    let EventsModel { rows, more, from_us, .. } = &*props.events;
    let row = |event: &EventModel| {
        html! { <EventRow key={event.id} event={event.clone()} onselect={&onselect} /> }
    };
    html! {
        <>
            { filters(&page, props.filter, props.server_count) }
            if !rows.is_empty() {
                <ol class="events" reversed=true aria-label="Events, the newest first">
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
    html! {
        <li
            class={classes!("event", topic_class(event))}
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

fn topic_class(event: &EventModel) -> &'static str {
    match event.topic {
        _ if event.act => "act",
        Topic::Elections => "elections",
        Topic::Replication => "replication",
        Topic::Membership => "membership",
        Topic::Clients => "clients",
        Topic::Faults => "faults",
        Topic::Messages => "messages",
    }
}

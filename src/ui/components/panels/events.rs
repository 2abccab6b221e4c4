//! The log of events: what happened, and why, the newest first.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::ServerId;
use crate::ui::desk::desk;
use crate::ui::markup::{classes, html};
use crate::ui::part::{part, put};
use crate::ui::platform::dom;
use crate::ui::state::{Action, EventFilter, Selection, Topic};
use crate::ui::text;
use crate::ui::view::{EventModel, EventsModel, ReasonModel, moment};

/// Properties of the events.
#[derive(Clone, PartialEq)]
pub struct EventsProps {
    /// The events.
    pub events: Rc<EventsModel>,
    /// Which are shown.
    pub filter: EventFilter,
    /// How many servers there are.
    pub servers: usize,
}

part!(EventsProps, use_events);

/// The filters and the list.
#[hook]
fn use_events(props: &EventsProps) -> Html {
    let desk = desk();
    let topic = |topic: Topic| {
        let onclick = desk.saying(Action::ToggleTopic(topic));
        let on = props.filter.shows(topic);
        html! {
            <button key={text::topic(topic)} type="button" class="chip" aria-pressed={if on { "true" } else { "false" }} {onclick}>{ text::topic(topic) }</button>
        }
    };
    let only = {
        let desk = desk.clone();
        Callback::from(move |event: Event| {
            let number = dom::value_of(&event).parse().ok().and_then(ServerId::new);
            desk.say(Action::OnlyServer(number));
        })
    };
    let chosen = props.filter.server;
    let option = |slot: usize| {
        let id = ServerId::from_slot(slot);
        html! { <option value={id.number().to_string()} selected={chosen == Some(id)}>{ text::server(id) }</option> }
    };
    html! {
        <>
            <div class="filters" role="group" aria-label="Which events">
                { for Topic::ALL.into_iter().map(topic) }
                <select aria-label="Events of" onchange={only}>
                    <option value="" selected={chosen.is_none()}>{ "all servers" }</option>
                    { for (0..props.servers).map(option) }
                </select>
            </div>
            if props.events.rows.is_empty() && props.events.from_us.is_some() {
                <></>
            } else if props.events.rows.is_empty() {
                <p class="empty">{ text::EVENTS_EMPTY }</p>
            } else {
                <ol class="events" reversed=true aria-label="Events, the newest first">
                    { for props.events.rows.iter().map(|event| put(event.id, RowProps { event: event.clone() })) }
                </ol>
            }
            if props.events.more {
                <p class="quiet">{ "Older ones are not listed." }</p>
            } else if let Some(from_us) = props.events.from_us {
                <p class="quiet">{ text::events_since(from_us) }</p>
            }
        </>
    }
}

#[derive(Clone, PartialEq)]
struct RowProps {
    event: EventModel,
}

part!(RowProps, use_row);

#[hook]
fn use_row(props: &RowProps) -> Html {
    let desk = desk();
    let event = &props.event;
    let id = event.id;
    let select = desk.saying(Action::Select(Selection::Event(id)));
    html! {
        <li class={classes!("event", topic_class(event))}>
            <button type="button" onclick={select}>
                <span class="when">{ moment(event.time_us) }</span>
                <span class="what">{ &event.title }</span>
                { for event.whys.iter().map(decision) }
            </button>
        </li>
    }
}

/// `S1: fact → decision`, on one line.
fn decision(why: &ReasonModel) -> Html {
    html! {
        <span class="why-line"><b>{ text::server(why.server) }</b>{ " " }{ &why.fact }
        if !why.decision.is_empty() {
            { " → " }<em>{ &why.decision }</em>
        }
        </span>
    }
}

fn topic_class(event: &EventModel) -> &'static str {
    match event.topic {
        _ if event.act => "act",
        Topic::Elections => "elections",
        Topic::Replication => "replication",
        Topic::Clients => "clients",
        Topic::Faults => "faults",
        Topic::Messages => "messages",
    }
}

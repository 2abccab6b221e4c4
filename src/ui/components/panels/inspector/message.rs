//! A message: its fields, its way, and what its receiver would do.

use yew::prelude::*;

use crate::ui::context::PageContext;
use crate::ui::state::{Action, Selection};
use crate::ui::text;
use crate::ui::view::{IfArrived, MessageDetails, MessageModel};

use super::decisions::decisions;
use super::fields::fields;

pub fn message(page: &PageContext, message: &MessageModel) -> Html {
    match message {
        MessageModel::Under(details) => under(page, details),
        MessageModel::Gone { name, title, event, time_us, whys } => html! {
            <>
                <h3 class="inspector-title">{ name }</h3>
                <p>{ format!("{}: {title}.", text::moment(*time_us)) }</p>
                { decisions(whys) }
                { event_button(page, *event, text::CAUSES) }
            </>
        },
        MessageModel::Forgotten => html! { <p class="empty">{ text::MESSAGE_FORGOTTEN }</p> },
    }
}

fn under(page: &PageContext, details: &MessageDetails) -> Html {
    let way = format!("Sent at {}, {}.", text::moment(details.sent_us), details.way);
    html! {
        <>
            <h3 class="inspector-title">{ &details.name }</h3>
            <p>
                { way }
                { " " }
                { event_button(page, details.sent_by, text::WHY_SENT) }
            </p>
            <section class="foresight" aria-label={text::IF_IT_ARRIVED}>
                <h4>{ text::IF_IT_ARRIVED }</h4>
                { arrival(&details.if_it_arrived) }
            </section>
            { fields(&details.fields) }
        </>
    }
}

fn arrival(arrival: &IfArrived) -> Html {
    let row = |name: &String| html! { <li>{ name }</li> };
    match arrival {
        IfArrived::Heard(what) | IfArrived::Nowhere(what) => html! { <p>{ what }</p> },
        IfArrived::Handled { whys, sends, after_write } => html! {
            <>
                { decisions(whys) }
                if sends.is_empty() {
                    <p class="quiet">{ text::NO_REPLY }</p>
                } else {
                    <ul class="sends">{ for sends.iter().map(row) }</ul>
                    if *after_write {
                        <p class="quiet">{ text::AFTER_ITS_WRITE }</p>
                    }
                }
            </>
        },
    }
}

/// A link to the causes of an event.
pub fn event_button(page: &PageContext, event: u64, name: &'static str) -> Html {
    let select = page.on_click(Action::Select(Selection::Event(event)));
    html! { <button type="button" class="link-like" onclick={select}>{ name }</button> }
}

//! The goals of a challenge: a list, and a form that adds one.

use std::rc::Rc;

use yew::prelude::*;

use crate::check::Property;
use crate::raft::ServerId;
use crate::ui::platform::dom;
use crate::ui::state::{ChallengeDraft, GoalDraft, GoalKind};
use crate::ui::text;

use super::ChallengeChange;

#[derive(PartialEq, Properties)]
pub struct GoalsProps {
    /// Each condition with its description.
    pub goals: Vec<(String, String)>,
    pub servers: Vec<ServerId>,
    pub change: ChallengeChange,
}

#[component]
pub fn Goals(props: &GoalsProps) -> Html {
    let next = use_state_eq(GoalDraft::default);
    let goals = props.goals.iter().enumerate().map(|(at, goal)| goal_row(at, goal, &props.change));
    let add = {
        let (next, change) = (next.clone(), props.change.clone());
        Callback::from(move |_: MouseEvent| {
            let goal = (next.condition(), text::goal_sentence(&next));
            if !goal.0.is_empty() {
                change.emit(Rc::new(move |draft| draft.goals.push(goal.clone())));
            }
        })
    };
    html! {
        <fieldset>
            <legend>{ text::GOALS }</legend>
            if props.goals.is_empty() {
                <p class="quiet">{ text::NO_GOAL_YET }</p>
            }
            <ol class="chosen-goals">{ for goals }</ol>
            <div class="row new-goal" role="group" aria-label={text::NEW_GOAL}>
                { kind_field(&next) }
                { fields(&next, &props.servers) }
                <button type="button" onclick={add}>{ text::ADD_GOAL }</button>
            </div>
        </fieldset>
    }
}

fn goal_row(
    at: usize,
    (condition, description): &(String, String),
    change: &ChallengeChange,
) -> Html {
    let oninput = change.reform(move |event: InputEvent| {
        let text = dom::value_of(&event);
        Rc::new(move |draft: &mut ChallengeDraft| draft.goals[at].1.clone_from(&text)) as Rc<_>
    });
    let remove = change.reform(move |_: MouseEvent| {
        dom::focus_on(".new-goal button");
        Rc::new(move |draft: &mut ChallengeDraft| {
            draft.goals.remove(at);
        }) as Rc<_>
    });
    html! {
        <li key={at}>
            <code>{ condition }</code>
            <input
                type="text"
                aria-label={text::goal_text_label(at + 1)}
                value={description.clone()}
                {oninput}
            />
            <button type="button" aria-label={text::remove_goal(description)} onclick={remove}>
                { "Remove" }
            </button>
        </li>
    }
}

/// A callback that changes the goal that is being chosen.
fn on<E: Into<Event> + 'static>(
    next: &UseStateHandle<GoalDraft>,
    set: fn(&mut GoalDraft, String),
) -> Callback<E> {
    let next = next.clone();
    Callback::from(move |event: E| {
        let mut goal = (*next).clone();
        set(&mut goal, dom::value_of(&event.into()));
        next.set(goal);
    })
}

fn kind_field(next: &UseStateHandle<GoalDraft>) -> Html {
    let onchange = on::<Event>(next, |goal, value| {
        let chosen = value.parse().ok().and_then(|at: usize| GoalKind::ALL.get(at));
        goal.kind = chosen.copied().unwrap_or_default();
    });
    let option = |(at, kind): (usize, GoalKind)| {
        let selected = kind == next.kind;
        html! { <option value={at.to_string()} {selected}>{ text::goal_kind(kind) }</option> }
    };
    html! {
        <label>
            <span>{ text::GOAL_CONDITION }</span>
            <select {onchange}>{ for GoalKind::ALL.into_iter().enumerate().map(option) }</select>
        </label>
    }
}

/// What the condition needs besides.
fn fields(next: &UseStateHandle<GoalDraft>, servers: &[ServerId]) -> Html {
    let server = |any| server_field(next, servers, any);
    match next.kind {
        GoalKind::Leader => server("any"),
        GoalKind::Alive => server("all"),
        GoalKind::Committed => html! { <>{ server("all") }{ index_field(next) }</> },
        GoalKind::Value => html! {
            <>
                { word_field(text::GOAL_KEY, &next.key, on(next, |goal, text| goal.key = text)) }
                { word_field(text::GOAL_VALUE, &next.value, on(next, |goal, text| {
                    goal.value = text;
                })) }
            </>
        },
        GoalKind::Violated => property_field(next),
        GoalKind::Own => {
            word_field(text::GOAL_OWN, &next.own, on(next, |goal, text| goal.own = text))
        }
        GoalKind::NoLeader | GoalKind::Safe | GoalKind::Agree => Html::default(),
    }
}

fn word_field(name: &'static str, value: &str, oninput: Callback<InputEvent>) -> Html {
    html! {
        <label>
            <span>{ name }</span>
            <input
                type="text"
                value={value.to_owned()}
                autocomplete="off"
                spellcheck="false"
                {oninput}
            />
        </label>
    }
}

fn index_field(next: &UseStateHandle<GoalDraft>) -> Html {
    let oninput = on::<InputEvent>(next, |goal, text| {
        goal.index = text.parse().unwrap_or(goal.index);
    });
    html! {
        <label>
            <span>{ text::GOAL_INDEX }</span>
            <input type="number" min="1" value={next.index.to_string()} {oninput} />
        </label>
    }
}

fn server_field(next: &UseStateHandle<GoalDraft>, servers: &[ServerId], any: &'static str) -> Html {
    let chosen = next.server;
    let onchange = {
        let (next, servers) = (next.clone(), servers.to_vec());
        Callback::from(move |event: Event| {
            let name = dom::value_of(&event);
            let server = servers.iter().copied().find(|server| server.to_string() == name);
            next.set(GoalDraft { server, ..(*next).clone() });
        })
    };
    let option = |server: ServerId| {
        let selected = Some(server) == chosen;
        html! { <option value={server.to_string()} {selected}>{ text::server(server) }</option> }
    };
    html! {
        <label>
            <span>{ text::GOAL_SERVER }</span>
            <select {onchange}>
                <option value="" selected={chosen.is_none()}>{ any }</option>
                { for servers.iter().copied().map(option) }
            </select>
        </label>
    }
}

fn property_field(next: &UseStateHandle<GoalDraft>) -> Html {
    let onchange = on::<Event>(next, |goal, name| {
        let chosen = Property::ALL.into_iter().find(|property| property.name() == name);
        goal.property = chosen.unwrap_or(goal.property);
    });
    let option = |property: Property| {
        let selected = property == next.property;
        html! { <option value={property.name()} {selected}>{ property.title() }</option> }
    };
    html! {
        <label>
            <span>{ text::GOAL_PROPERTY }</span>
            <select {onchange}>{ for Property::ALL.into_iter().map(option) }</select>
        </label>
    }
}

//! The form that goes to the next or previous election, commit and so on, or to a moment.

use yew::prelude::*;

use crate::ui::components::icons::{Icon, Shape};
use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::player::{CONDITION, GOALS, MOMENT};

/// Selects the field into which a condition or a moment is typed.
pub const FIELD: &str = "#goal";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JumpChoice {
    /// An index into [`GOALS`].
    pub goal: usize,
    /// Whether the field takes the focus.
    pub focused: bool,
}

#[derive(PartialEq, Properties)]
pub struct JumpFormProps {
    pub choice: UseStateHandle<JumpChoice>,
}

#[component]
pub fn JumpForm(props: &JumpFormProps) -> Html {
    let player = use_page().player;
    let field = use_node_ref();
    use_effect_with(*props.choice, |choice| {
        if choice.focused {
            dom::focus_on(FIELD);
        }
    });
    let goal = props.choice.goal;
    let jump = {
        let field = field.clone();
        Callback::from(move |ahead: bool| {
            let typed = field.cast::<dom::HtmlInputElement>().map(|field| field.value());
            player.jump(goal, &typed.unwrap_or_default(), ahead);
        })
    };
    let back = jump.reform(|_: MouseEvent| false);
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        jump.emit(true);
    });
    let back_name = format!("Previous {}", GOALS[goal]);
    let ahead_name = match goal {
        MOMENT => "Go to the moment".to_owned(),
        _ => format!("Next {}", GOALS[goal]),
    };
    html! {
        <form class="jump" aria-label="Jump" {onsubmit}>
            if goal != MOMENT {
                <button
                    type="button"
                    id="jump-back"
                    class="icon"
                    aria-label={back_name.clone()}
                    title={back_name}
                    onclick={back}
                >
                    <Icon shape={Shape::JumpBack} />
                </button>
            }
            { goal_select(&props.choice) }
            { goal_field(goal, field) }
            <button
                type="submit"
                id="jump-ahead"
                class="icon"
                aria-label={ahead_name.clone()}
                title={ahead_name}
            >
                <Icon shape={Shape::JumpAhead} />
            </button>
        </form>
    }
}

fn goal_select(choice: &UseStateHandle<JumpChoice>) -> Html {
    let choose = {
        let choice = choice.clone();
        Callback::from(move |event: Event| {
            let goal = dom::value_of(&event).parse().unwrap_or(0);
            choice.set(JumpChoice { goal, focused: false });
        })
    };
    let option = |(index, name): (usize, &str)| {
        html! {
            <option value={index.to_string()} selected={index == choice.goal}>
                { name }
                if index >= CONDITION {
                    { "…" }
                }
            </option>
        }
    };
    html! {
        <select aria-label="Jump to" onchange={choose}>
            { for GOALS.into_iter().enumerate().map(option) }
        </select>
    }
}

/// The field of a goal that is typed. Its key gives each such goal an empty field of its own.
fn goal_field(goal: usize, field: NodeRef) -> Html {
    let (name, example) = match goal {
        MOMENT => ("Moment", "1.5s"),
        CONDITION => ("Condition", "leader s1"),
        _ => return Html::default(),
    };
    html! {
        <input
            key={name}
            type="text"
            id="goal"
            aria-label={name}
            placeholder={example}
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            ref={field}
        />
    }
}

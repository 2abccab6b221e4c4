//! A field for the value that an act needs, instead of the menu.

use yew::prelude::*;

use crate::sim::Act;
use crate::ui::platform::dom;

use super::items::ValueQuestion;

#[derive(Clone, PartialEq, Properties)]
pub struct ValueFormProps {
    pub question: ValueQuestion,
    /// Gets the act with the value.
    pub answer: Callback<Act>,
    /// Goes back to the menu.
    pub cancel: Callback<()>,
}

#[component]
pub fn ValueForm(props: &ValueFormProps) -> Html {
    let ValueQuestion { label, unit, min, max, step, value, verb, act } = props.question.clone();
    let input = use_node_ref();
    {
        // Later renderings leave alone what was typed.
        let input = input.clone();
        use_effect_with((), move |()| {
            if let Some(field) = input.cast::<dom::HtmlInputElement>() {
                field.set_value(&value.to_string());
                field.select();
            }
        });
    }
    let onsubmit = {
        let (input, answer) = (input.clone(), props.answer.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let field = input.cast::<dom::HtmlInputElement>();
            let number = field.as_ref().and_then(dom::number_in);
            // For any other number the browser shows what is wrong.
            if let Some(number) = number.filter(|number| (min..=max).contains(number)) {
                answer.emit(act(number));
            }
        })
    };
    let cancel = props.cancel.reform(|_: MouseEvent| ());
    html! {
        <form class="value-form" {onsubmit}>
            <label>
                { label }
                <span class="value-row">
                    <input
                        type="number"
                        min={min.to_string()}
                        max={max.to_string()}
                        step={step.to_string()}
                        required=true
                        ref={input}
                    />
                    { unit }
                </span>
            </label>
            <p class="quiet">{ format!("From {min} to {max}.") }</p>
            <div class="value-row">
                <button type="submit" class="primary">{ verb }</button>
                <button type="button" onclick={cancel}>{ "Back" }</button>
            </div>
        </form>
    }
}

//! A field for a number.

use yew::prelude::*;

use crate::ui::platform::dom;

#[derive(Clone, PartialEq, Properties)]
pub struct NumberFieldProps {
    pub name: &'static str,
    /// What the number sets.
    pub means: &'static str,
    pub value: f64,
    pub min: f64,
    pub max: f64,
    /// Gets each number from `min` to `max` that is entered.
    pub onset: Callback<f64>,
}

#[component]
pub fn NumberField(props: &NumberFieldProps) -> Html {
    let is_invalid = use_state_eq(|| false);
    let onchange = {
        let (props, is_invalid) = (props.clone(), is_invalid.setter());
        Callback::from(move |event: Event| {
            let number = dom::number_of(&event);
            let number = number.filter(|number| (props.min..=props.max).contains(number));
            is_invalid.set(number.is_none());
            if let Some(number) = number {
                props.onset.emit(number);
            }
        })
    };
    let NumberFieldProps { name, means, value, min, max, .. } = props;
    let means_id = format!("means-new-{}", name.to_ascii_lowercase().replace(' ', "-"));
    html! {
        <div class="setting" data-setting={name.to_ascii_lowercase()}>
            <label class="field">
                <span>{ name }</span>
                <input
                    type="number"
                    inputmode="numeric"
                    min={min.to_string()}
                    max={max.to_string()}
                    value={value.to_string()}
                    {onchange}
                    aria-invalid={is_invalid.then_some("true")}
                    aria-describedby={means_id.clone()}
                />
            </label>
            <p class="quiet" id={means_id}>{ means }</p>
            if *is_invalid {
                <p class="wrong" role="alert">
                    { format!("Enter a number from {min} to {max}.") }
                </p>
            }
        </div>
    }
}

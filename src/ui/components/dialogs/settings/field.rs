//! Fields for a number and for a range of times.

use yew::prelude::*;

use crate::sim::{MS, Micros, Span};
use crate::ui::platform::dom;
use crate::ui::text;

#[derive(Clone, PartialEq, Properties)]
pub struct NumberFieldProps {
    pub name: &'static str,
    pub unit: &'static str,
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
    let NumberFieldProps { name, unit, value, min, max, .. } = props;
    html! {
        <label class="field">
            <span>{ name }</span>
            <input
                type="number"
                inputmode="decimal"
                step="any"
                min={min.to_string()}
                max={max.to_string()}
                value={value.to_string()}
                {onchange}
                aria-invalid={is_invalid.then_some("true")}
            />
            <span class="unit">{ unit }</span>
            if *is_invalid {
                <small class="wrong" role="alert">
                    { format!("Enter a number from {min} to {max}.") }
                </small>
            }
        </label>
    }
}

const RANGE_MAX_MS: f64 = 600_000.0;

#[derive(Clone, PartialEq, Properties)]
pub struct RangeFieldProps {
    pub name: &'static str,
    pub span: Span,
    /// Gets each valid range that is entered.
    pub onset: Callback<Span>,
}

#[component]
pub fn RangeField(props: &RangeFieldProps) -> Html {
    let is_invalid = use_state_eq(|| false);
    let (from, to) = (use_node_ref(), use_node_ref());
    let onchange = {
        let (onset, is_invalid) = (props.onset.clone(), is_invalid.setter());
        let (from, to) = (from.clone(), to.clone());
        Callback::from(move |_: Event| {
            let span = entered_us(&from).zip(entered_us(&to)).filter(|(from, to)| from <= to);
            is_invalid.set(span.is_none());
            if let Some((from, to)) = span {
                onset.emit(Span::new(from, to));
            }
        })
    };
    let RangeFieldProps { name, span, .. } = props;
    html! {
        <div class="field range" role="group" aria-label={*name}>
            <span>{ name }</span>
            { bound(format!("{name} from"), from, span.from_us, &onchange) }
            <span class="to">{ "to" }</span>
            { bound(format!("{name} to"), to, span.to_us, &onchange) }
            <span class="unit">{ "ms" }</span>
            if *is_invalid {
                <small class="wrong" role="alert">{ text::RANGE_WRONG }</small>
            }
        </div>
    }
}

fn bound(name: String, field: NodeRef, us: Micros, onchange: &Callback<Event>) -> Html {
    let ms = us as f64 / MS as f64;
    html! {
        <input
            type="number"
            min="0"
            step="any"
            aria-label={name}
            ref={field}
            value={ms.to_string()}
            {onchange}
        />
    }
}

/// The time in the field, in microseconds.
fn entered_us(field: &NodeRef) -> Option<Micros> {
    let ms = dom::number_in(&field.cast()?)?;
    (0.0..=RANGE_MAX_MS).contains(&ms).then_some((ms * MS as f64) as Micros)
}

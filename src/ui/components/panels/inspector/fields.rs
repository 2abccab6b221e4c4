//! Fields with their values, side by side.

use yew::prelude::*;

use crate::ui::text::Field;

/// A value longer than this takes a whole row.
const SHORT_LEN_MAX: usize = 14;

pub fn fields(fields: &[Field]) -> Html {
    let row = |(name, value): &Field| {
        let is_wide = value.chars().count() > SHORT_LEN_MAX;
        html! {
            <div key={*name} class={classes!(is_wide.then_some("wide"))}>
                <dt>{ *name }</dt>
                <dd>{ value }</dd>
            </div>
        }
    };
    html! { <dl class="fields-list">{ for fields.iter().map(row) }</dl> }
}

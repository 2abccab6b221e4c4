//! What a challenge allows, and how often.

use std::rc::Rc;

use yew::prelude::*;

use crate::script::USAGES;
use crate::ui::platform::dom;
use crate::ui::state::{ChallengeDraft, ToolDraft};
use crate::ui::text;

use super::ChallengeChange;

pub(super) fn toolbox(tools: &[ToolDraft], change: &ChallengeChange) -> Html {
    html! {
        <fieldset>
            <legend>{ text::TOOLBOX }</legend>
            <p class="quiet">{ text::TOOLBOX_MEANS }</p>
            <ul class="tools">
                { for tools.iter().enumerate().map(|(at, tool)| tool_row(at, tool, change)) }
            </ul>
        </fieldset>
    }
}

fn tool_row(at: usize, tool: &ToolDraft, change: &ChallengeChange) -> Html {
    let onchange = change.reform(move |event: Event| {
        let is_chosen = dom::checked_of(&event);
        Rc::new(move |draft: &mut ChallengeDraft| draft.tools[at].is_chosen = is_chosen) as Rc<_>
    });
    let oninput = change.reform(move |event: InputEvent| {
        let count = dom::value_of(&event).parse().ok();
        Rc::new(move |draft: &mut ChallengeDraft| draft.tools[at].count = count) as Rc<_>
    });
    let usage = USAGES.iter().find(|usage| usage.verb == tool.verb);
    let meaning_id = format!("tool-{}", tool.verb);
    html! {
        <li key={tool.verb}>
            <label>
                <input
                    type="checkbox"
                    checked={tool.is_chosen}
                    aria-describedby={meaning_id.clone()}
                    {onchange}
                />
                { tool.verb }
            </label>
            if tool.is_chosen {
                <span class="at-most">
                    <span aria-hidden="true">{ text::AT_MOST }</span>
                    <input
                        type="number"
                        min="1"
                        max="1000"
                        placeholder="∞"
                        aria-label={text::at_most(tool.verb)}
                        value={tool.count.map_or(String::new(), |count| count.to_string())}
                        {oninput}
                    />
                </span>
            }
            <small id={meaning_id}>{ usage.map(|usage| usage.what) }</small>
        </li>
    }
}

//! A line of the script, with its status and its buttons.

use std::rc::Rc;

use yew::prelude::*;

use crate::script::LineState;
use crate::ui::components::code_text::code_text;
use crate::ui::components::icons::{Icon, Shape};
use crate::ui::view::ScriptText;

/// The command of a line's button, with the number of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineCommand {
    Edit(u32),
    AddBelow(u32),
    Remove(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineStatus {
    Reached(LineState),
    /// The session stands at this line's `stop`.
    Stopped,
    /// The line's expectation does not hold.
    Failed,
}

#[derive(PartialEq, Properties)]
pub struct ScriptLineProps {
    /// Counts from 1.
    pub number: u32,
    /// The script that has the line.
    pub text: Rc<ScriptText>,
    pub status: LineStatus,
    pub failure: Option<AttrValue>,
    pub oncommand: Callback<LineCommand>,
}

#[component]
pub fn ScriptLine(props: &ScriptLineProps) -> Html {
    let number = props.number;
    let Some(line) = props.text.lines.get(number as usize - 1) else { return Html::default() };
    let (class, sign, status) = match props.status {
        LineStatus::Stopped => ("stopped", "■", "stopped here"),
        LineStatus::Failed => ("failed", "✗", "failed"),
        LineStatus::Reached(LineState::Done) => ("done", "✓", "done"),
        LineStatus::Reached(LineState::Now) => ("now", "▸", "now"),
        LineStatus::Reached(LineState::Ahead) => ("ahead", "", "ahead"),
    };
    let command = |command: LineCommand| props.oncommand.reform(move |_: MouseEvent| command);
    html! {
        <li class={classes!("script-line", class, line.is_recorded().then_some("action"))}>
            <span class="sign" aria-hidden="true" title={status}>{ sign }</span>
            <span class="number" aria-hidden="true">{ number }</span>
            <button
                type="button"
                class="line"
                id={edit_button_id(number)}
                aria-label={format!("Line {number}, {status}: {}", line.text)}
                onclick={command(LineCommand::Edit(number))}
            >
                <code>{ &line.text }</code>
            </button>
            <button
                type="button"
                class="plain"
                aria-label={format!("Add a line below line {number}")}
                title="Add a line below"
                onclick={command(LineCommand::AddBelow(number))}
            >
                { "+" }
            </button>
            <button
                type="button"
                class="plain"
                aria-label={format!("Remove line {number}")}
                title="Remove"
                onclick={command(LineCommand::Remove(number))}
            >
                <Icon shape={Shape::Close} />
            </button>
            if let Some(failure) = &props.failure {
                <p class="wrong">{ code_text(failure) }</p>
            }
        </li>
    }
}

pub fn edit_button_id(number: u32) -> String {
    format!("script-line-{number}")
}

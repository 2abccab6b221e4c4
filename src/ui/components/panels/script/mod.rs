//! The session as a script. Each line can be edited and removed, and each change undone.

mod editing;
mod line;
mod line_editor;
mod text_editor;
mod toolbar;
mod trigger_form;

use std::rc::Rc;

use yew::prelude::*;

use crate::script::TextLine;
use crate::sim::Duration;
use crate::ui::context::{PageContext, use_page};
use crate::ui::platform::dom;
use crate::ui::state::Action;
use crate::ui::text;
use crate::ui::view::ScriptModel;

use editing::Editing;
use line::{LineCommand, LineStatus, ScriptLine, edit_button_id};
use line_editor::LineEditor;
use text_editor::TextEditor;
use toolbar::{UNDO, toolbar};
use trigger_form::TriggerForm;

#[derive(PartialEq, Properties)]
pub struct ScriptPanelProps {
    pub script: Rc<ScriptModel>,
}

#[component]
pub fn ScriptPanel(props: &ScriptPanelProps) -> Html {
    let page = use_page();
    let editing = use_state_eq(|| Editing::Nothing(0));
    use_effect_with(*editing, |editing| {
        if let Editing::Nothing(number @ 1..) = editing {
            dom::focus_on(&format!("#{}", edit_button_id(*number)));
        }
    });
    let onedit = use_callback((), {
        let editing = editing.setter();
        move |change: Editing, ()| editing.set(change)
    });
    let oncommand = use_callback((), {
        let (page, editing) = (page.clone(), editing.setter());
        move |command: LineCommand, ()| match command {
            LineCommand::Edit(number) => editing.set(Editing::Line(number)),
            LineCommand::AddBelow(number) => editing.set(Editing::Below(number)),
            LineCommand::Remove(number) => remove_line(&page, number),
        }
    });
    let text = &props.script.text;
    let toolbar = toolbar(&page, text, &onedit);
    if *editing == Editing::Text {
        return html! { <div class="script">{ toolbar }<TextEditor {onedit} /></div> };
    }
    let count = text.lines.len() as u32;
    let add = onedit.reform(move |_: MouseEvent| Editing::Below(count));
    let (before, after) = props.script.unlisted();
    html! {
        <div class="script">
            { toolbar }
            <TriggerForm />
            <p class="quiet">
                { if count == 0 { text::SCRIPT_EMPTY } else { text::SCRIPT_MEANS } }
            </p>
            if before > 0 {
                <p class="quiet">{ text::unlisted(before, "before") }</p>
            }
            <ol class="script-lines" aria-label="Lines of the script">
                { for line_items(&page, &props.script, *editing, &onedit, &oncommand) }
            </ol>
            if after > 0 {
                <p class="quiet">{ text::unlisted(after, "after") }</p>
            }
            <button type="button" class="link-like" onclick={add}>{ "Add a line" }</button>
        </div>
    }
}

/// The lines. A field replaces the edited line, or stands where a line is added.
fn line_items(
    page: &PageContext,
    script: &ScriptModel,
    editing: Editing,
    onedit: &Callback<Editing>,
    oncommand: &Callback<LineCommand>,
) -> Vec<Html> {
    let editor = |number: u32, is_new: bool, line: String| {
        html! {
            <li key={format!("editor-{number}-{is_new}")} class="script-line">
                <LineEditor {number} {is_new} {line} {onedit} />
            </li>
        }
    };
    let mut items = Vec::new();
    if editing == Editing::Below(0) {
        items.push(editor(0, true, String::new()));
    }
    for (number, line, state) in script.listed() {
        if editing == Editing::Line(number) {
            items.push(editor(number, false, line.text.clone()));
        } else {
            let failure = script.failures.iter().find(|(failed, _)| *failed == number);
            let failure = failure.map(|(_, text)| AttrValue::from(text.clone()));
            let status = match state {
                _ if script.stopped == Some(number) => LineStatus::Stopped,
                _ if failure.is_some() => LineStatus::Failed,
                state => LineStatus::Reached(state),
            };
            let text = &script.text;
            items.push(html! {
                <ScriptLine key={number} {number} {text} {status} {failure} {oncommand} />
            });
        }
        if editing == Editing::Below(number) {
            items.push(editor(number, true, line_beginning(page, line)));
        }
    }
    items
}

/// How a line below this one begins: with the current time if the line is an action with its time.
fn line_beginning(page: &PageContext, above: &TextLine) -> String {
    if above.is_recorded() || above.text.trim() == "by-hand" {
        format!("at {} ", Duration(page.player.with_world(|world| world.now_us())))
    } else {
        String::new()
    }
}

fn remove_line(page: &PageContext, number: u32) {
    dom::focus_on(UNDO);
    let notice = match page.player.edit_line(number, None) {
        Ok(()) => text::removed(number),
        Err(error) => text::cannot(&error),
    };
    page.dispatch(Action::Notice(notice));
}

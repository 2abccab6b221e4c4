//! The session as the script that it is: every line can be changed, taken out, and taken back.

use std::rc::Rc;

use yew::prelude::*;

use crate::script::{LineState, TextLine};
use crate::sim::Duration;
use crate::ui::desk::{Desk, desk};
use crate::ui::drawing::{CROSS, drawing};
use crate::ui::hooks::{Kept, use_effect_on, use_kept};
use crate::ui::markup::{classes, html};
use crate::ui::part::{part, put};
use crate::ui::platform::dom;
use crate::ui::state::{Action, Dialog};
use crate::ui::text;
use crate::ui::view::ScriptModel;

use super::editors::{LineEditorProps, TextEditorProps};
use super::trigger::TriggerForm;

/// Properties of the script.
#[derive(Clone, PartialEq)]
pub struct ScriptProps {
    /// The script.
    pub script: Rc<ScriptModel>,
}

/// What is being changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Editing {
    /// Nothing; that line was.
    Nothing(u32),
    /// That line.
    Line(u32),
    /// A new line below that one.
    Below(u32),
    /// All of it.
    Text,
}

part!(ScriptProps, use_script);

#[hook]
fn use_script(props: &ScriptProps) -> Html {
    let desk = desk();
    let editing = use_kept(|| Editing::Nothing(0));
    use_effect_on(*editing, |editing| {
        if let Editing::Nothing(number @ 1..) = editing {
            dom::focus_on(&format!("[data-do=edit][data-line=\"{number}\"]"));
        }
    });
    let script = &props.script;
    let count = script.text.lines.len() as u32;
    let onclick = pressed(&desk, &editing);
    let tools = tools(script, desk.player.has_previous());
    if *editing == Editing::Text {
        return html! { <div class="script" {onclick}>{ tools }{ put("all", TextEditorProps { editing: editing.setter() }) }</div> };
    }
    let editor = |number: u32, is_new: bool, line: String| {
        html! {
            <li key={format!("editor-{number}-{is_new}")} class="script-line">{ put("line", LineEditorProps { number, is_new, line, editing: editing.setter() }) }</li>
        }
    };
    let begun = |above: Option<&TextLine>| match above {
        Some(above) if above.by_hand() || above.text.trim() == "by-hand" => {
            format!("at {} ", Duration(desk.player.with_world(|world| world.now_us())))
        }
        _ => String::new(),
    };
    let row = |(number, line, state): (u32, &TextLine, LineState)| {
        let failure = script.failures.iter().find(|(failed, _)| *failed == number);
        let shown = match *editing {
            Editing::Line(edited) if edited == number => editor(number, false, line.text.clone()),
            _ => {
                let is_stop = script.stopped == Some(number);
                shown_line(number, line, state, is_stop, failure.map(|(_, text)| text))
            }
        };
        let below =
            (*editing == Editing::Below(number)).then(|| editor(number, true, begun(Some(line))));
        html! { <>{ shown }{ below }</> }
    };
    let (before, after) = script.unlisted();
    let first = (*editing == Editing::Below(0)).then(|| editor(0, true, String::new()));
    html! {
        <div class="script" {onclick}>
            { tools }
            { put("trigger", TriggerForm) }
            <p class="quiet">{ if count == 0 { text::SCRIPT_EMPTY } else { text::SCRIPT_MEANS } }</p>
            if before > 0 { <p class="quiet">{ text::unlisted(before, "before") }</p> }
            <ol class="script-lines" aria-label="Lines of the script">
                { first }
                { for script.listed().map(row) }
            </ol>
            if after > 0 { <p class="quiet">{ text::unlisted(after, "after") }</p> }
            <button type="button" class="link-like" data-do="add" data-line={count.to_string()}>{ "Add a line" }</button>
        </div>
    }
}

fn shown_line(
    number: u32,
    line: &TextLine,
    state: LineState,
    is_stop: bool,
    failure: Option<&String>,
) -> Html {
    let (class, sign, said) = match state {
        _ if is_stop => ("stopped", "■", "stopped here"),
        _ if failure.is_some() => ("failed", "✗", "failed"),
        LineState::Done => ("done", "✓", "done"),
        LineState::Now => ("now", "▸", "now"),
        LineState::Ahead => ("ahead", "", "ahead"),
    };
    let place = number.to_string();
    html! {
        <li key={number} class={classes!("script-line", class, line.by_hand().then_some("hand"))}>
            <span class="sign" aria-hidden="true" title={said}>{ sign }</span>
            <span class="number" aria-hidden="true">{ &place }</span>
            <button type="button" class="line" data-do="edit" data-line={place.clone()} aria-label={format!("Line {number}, {said}: {}", line.text)}><code>{ &line.text }</code></button>
            <button type="button" class="plain" data-do="add" data-line={place.clone()} aria-label={format!("Add a line below line {number}")} title="Add a line below">{ "+" }</button>
            <button type="button" class="plain" data-do="remove" data-line={place} aria-label={format!("Remove line {number}")} title="Remove">{ drawing(CROSS) }</button>
            if let Some(failure) = failure { <p class="wrong">{ failure }</p> }
        </li>
    }
}

/// Does what the button says that was pressed.
fn pressed(desk: &Desk, editing: &Kept<Editing>) -> Callback<MouseEvent> {
    let (desk, editing) = (desk.clone(), editing.clone());
    Callback::from(move |event: MouseEvent| {
        let Some((what, number)) = dom::pressed(&event) else { return };
        match what.as_str() {
            "undo" => desk.player.undo(),
            "redo" => desk.player.redo(),
            "new" => desk.player.open_new(),
            "back" => desk.player.restore_previous(),
            "share" => desk.say(Action::Open(Dialog::Share)),
            "text" => editing.set(Editing::Text),
            "edit" => editing.set(Editing::Line(number)),
            "add" => editing.set(Editing::Below(number)),
            _ => {
                dom::focus_on("[data-do=undo]");
                match desk.player.edit_line(number, None) {
                    Ok(()) => desk.say(Action::Notice(text::removed(number))),
                    Err(error) => desk.say(Action::Notice(text::cannot(&error))),
                }
            }
        }
    })
}

/// The buttons for the session as a whole.
fn tools(script: &ScriptModel, has_previous: bool) -> Html {
    let button = |what: &'static str, name: &'static str, title: String, possible: bool| {
        html! {
            <button type="button" data-do={what} {title} aria-disabled={(!possible).then_some("true")}>{ name }</button>
        }
    };
    let (undo, redo) = (&script.text.undo, &script.text.redo);
    let or = |title: &Option<String>, why: &str| title.clone().unwrap_or_else(|| why.to_owned());
    html! {
        <div class="row" role="group" aria-label="The session">
            { button("undo", "Undo", or(undo, text::NOTHING_TO_UNDO), undo.is_some()) }
            { button("redo", "Redo", or(redo, text::NOTHING_TO_REDO), redo.is_some()) }
            { button("text", "Edit as text", String::new(), true) }
            { button("share", "Share or save", String::new(), true) }
            { button("new", "New", "A fresh cluster".to_owned(), true) }
            if has_previous {
                { button("back", "Bring back", "What was there before".to_owned(), true) }
            }
        </div>
    }
}

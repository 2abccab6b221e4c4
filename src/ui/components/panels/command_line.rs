//! A command as one types it: the short way beside the form.

use yew::prelude::*;

use crate::ui::desk::desk;
use crate::ui::hooks::use_kept;
use crate::ui::markup::html;
use crate::ui::part::part;
use crate::ui::state::Action;
use crate::ui::text;

use super::line::{LineForm, line_form};

/// What a command begins with.
const VERBS: [&str; 4] = ["set", "get", "delete", "cas"];

/// The field.
#[derive(PartialEq)]
pub struct CommandLine;

part!(CommandLine, use_command_line);

#[hook]
fn use_command_line(_line: &CommandLine) -> Html {
    let desk = desk();
    let wrong = use_kept(String::new);
    let field = use_node_ref();
    let take = {
        let wrong = wrong.clone();
        Callback::from(move |line: String| {
            let is_command = VERBS.iter().any(|verb| line.split(' ').next() == Some(verb));
            let done = if is_command {
                desk.player.exec(&line).map(|_| ())
            } else {
                Err(text::COMMAND_EXPECTED.to_string())
            };
            let is_done = done.is_ok();
            wrong.set(done.err().unwrap_or_default());
            if is_done {
                desk.say(Action::CommandSent);
            }
            is_done
        })
    };
    let form = LineForm {
        class: "console-form command-line",
        label: "Command",
        placeholder: Some("set x 3"),
        field: &field,
        before: Html::default(),
        offering: None,
        after: html! {
            if !wrong.is_empty() {
                <p class="wrong" role="alert">{ (*wrong).clone() }</p>
            }
        },
    };
    line_form(form, None, take)
}

//! A command as one types it: the short way beside the form.

use yew::prelude::*;

use crate::ui::desk::desk;
use crate::ui::hooks::use_kept;
use crate::ui::markup::html;
use crate::ui::part::part;
use crate::ui::platform::dom;
use crate::ui::store::Action;
use crate::ui::text;

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
    let onsubmit = {
        let (wrong, field) = (wrong.clone(), field.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(input) = field.cast::<dom::HtmlInputElement>() else { return };
            let line = input.value().trim().to_string();
            let is_command = VERBS.iter().any(|verb| line.split(' ').next() == Some(verb));
            let done = if is_command {
                desk.player.exec(&line).map(|_| ())
            } else {
                Err(text::COMMAND_EXPECTED.to_string())
            };
            match done {
                Ok(()) => {
                    input.set_value("");
                    wrong.set(String::new());
                    desk.say(Action::CommandSent);
                }
                Err(error) => wrong.set(error),
            }
        })
    };
    html! {
        <form class="console-form command-line" {onsubmit}>
            <input type="text" aria-label="Command" placeholder="set x 3" autocomplete="off" autocapitalize="off" spellcheck="false" ref={field} />
            <button type="submit">{ "Do" }</button>
            if !wrong.is_empty() {
                <p class="wrong" role="alert">{ (*wrong).clone() }</p>
            }
        </form>
    }
}

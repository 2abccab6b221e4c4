//! The field for a command as text, an alternative to the form.

use yew::prelude::*;

use crate::ui::components::panels::line_form::LineForm;
use crate::ui::context::use_page;
use crate::ui::state::Action;
use crate::ui::text;

const VERBS: [&str; 4] = ["set", "get", "delete", "cas"];

#[component]
pub fn CommandField() -> Html {
    let page = use_page();
    let error = use_state_eq(String::new);
    let field = use_node_ref();
    let run = {
        let error = error.setter();
        Callback::from(move |line: String| {
            let is_command = VERBS.iter().any(|verb| line.split(' ').next() == Some(verb));
            let answer = match is_command {
                true => page.player.exec(&line),
                false => Err(text::COMMAND_EXPECTED.to_owned()),
            };
            let succeeded = answer.is_ok();
            error.set(answer.err().unwrap_or_default());
            if succeeded {
                page.dispatch(Action::CommandSent);
            }
            succeeded
        })
    };
    html! {
        <LineForm
            class="console-form command-line"
            label="Command"
            placeholder="set x 3"
            {field}
            onrun={run}
        >
            if !error.is_empty() {
                <p class="wrong" role="alert">{ &*error }</p>
            }
        </LineForm>
    }
}

//! The session as the script that it is.

use yew::prelude::*;

use crate::ui::markup::html;
use crate::ui::part::part;

/// Properties of the script.
#[derive(Clone, PartialEq)]
pub struct ScriptProps {
    /// The script.
    pub text: String,
}

part!(ScriptProps, use_script);

#[hook]
fn use_script(props: &ScriptProps) -> Html {
    html! { <pre tabindex="0">{ &props.text }</pre> }
}

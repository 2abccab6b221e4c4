//! The address that shows this script at this moment.

use yew::prelude::*;

use crate::ui::markup::html;
use crate::ui::part::part;

/// Properties of the dialog.
#[derive(Clone, PartialEq)]
pub struct ShareProps {
    /// The address, or why there is none.
    pub link: Result<String, String>,
}

part!(ShareProps, use_share);

#[hook]
fn use_share(props: &ShareProps) -> Html {
    match &props.link {
        Ok(link) => {
            html! { <input type="text" readonly="" aria-label="Link" value={link.clone()} /> }
        }
        Err(error) => html! { <p class="wrong" role="alert">{ error }</p> },
    }
}

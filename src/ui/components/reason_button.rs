//! A button that may be unavailable: it keeps the focus, and a click says why.

use yew::prelude::*;

use crate::ui::context::use_page;
use crate::ui::state::Action;
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct ReasonButtonProps {
    /// Why it does nothing now, as a phrase.
    pub unavailable: Option<AttrValue>,
    pub onclick: Callback<()>,
    pub children: Html,
}

#[component]
pub fn ReasonButton(props: &ReasonButtonProps) -> Html {
    let (unavailable, onclick) = (props.unavailable.clone(), props.onclick.clone());
    let click = use_page().callback(move |page, _: MouseEvent| match &unavailable {
        Some(reason) => page.dispatch(Action::Notice(text::sentence(reason))),
        None => onclick.emit(()),
    });
    html! {
        <button
            type="button"
            aria-disabled={props.unavailable.is_some().then_some("true")}
            title={props.unavailable.clone()}
            onclick={click}
        >
            { props.children.clone() }
        </button>
    }
}

//! What is told above the cluster: what was opened or brought back, and what could not be.

use yew::prelude::*;

use crate::ui::desk::desk;
use crate::ui::drawing::{CROSS, drawing};
use crate::ui::markup::{classes, html};
use crate::ui::part::part;
use crate::ui::platform::dom;
use crate::ui::state::{Action, Banner};

/// Properties of what is told.
#[derive(Clone, PartialEq)]
pub struct TellProps {
    /// It.
    pub tell: Banner,
}

part!(TellProps, use_tell);

#[hook]
fn use_tell(props: &TellProps) -> Html {
    let tell = &props.tell;
    let onclick = Callback::from(|event: MouseEvent| {
        let desk = desk();
        match dom::pressed(&event) {
            Some((what, _)) if what == "new" => desk.player.open_new(),
            Some((what, _)) if what == "back" => desk.player.restore_previous(),
            Some(_) => desk.say(Action::DismissBanner),
            None => {}
        }
    });
    html! {
        <section class={classes!("tell", tell.is_error.then_some("bad"))} role={if tell.is_error { "alert" } else { "status" }} {onclick}>
            <p>{ &tell.text }</p>
            if tell.offers_new { <button type="button" data-do="new">{ "New" }</button> }
            if tell.offers_previous { <button type="button" data-do="back">{ "Bring back what was there" }</button> }
            <button type="button" class="plain" data-do="aside" aria-label="Dismiss">{ drawing(CROSS) }</button>
            if let Some(detail) = &tell.detail { <pre tabindex="0">{ detail }</pre> }
        </section>
    }
}

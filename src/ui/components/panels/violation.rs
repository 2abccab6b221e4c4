//! What a person sees where a safety property does not hold: the page has stopped, and this says
//! what was found, before anything else.

use std::rc::Rc;

use yew::prelude::*;

use crate::script::Session;
use crate::ui::desk::desk;
use crate::ui::hooks::{use_effect_on, use_kept};
use crate::ui::markup::html;
use crate::ui::part::part;
use crate::ui::state::{Action, Dialog, Selection};
use crate::ui::text;
use crate::ui::view::{ViolationModel, moment};

/// Properties of the violation.
#[derive(Clone, PartialEq)]
pub struct ViolationProps {
    /// What was violated.
    pub violations: Rc<Vec<ViolationModel>>,
    /// Which cluster it is of.
    pub generation: u64,
}

part!(ViolationProps, use_violation);

/// The newest violation, above the cluster.
#[hook]
fn use_violation(props: &ViolationProps) -> Html {
    let desk = desk();
    let put_aside = use_kept(|| (0u64, 0usize));
    {
        let put_aside = put_aside.clone();
        // What is found again after going back in time is news again.
        use_effect_on(props.violations.is_empty(), move |none| {
            if *none {
                put_aside.set((0, 0));
            }
        });
    }
    let Some(violation) = props.violations.last() else { return Html::default() };
    let now = (props.generation, props.violations.len());
    if *put_aside == now {
        return Html::default();
    }
    let aside = {
        let put_aside = put_aside.clone();
        Callback::from(move |_: MouseEvent| put_aside.set(now))
    };
    let show = desk.saying(Action::Select(Selection::Event(violation.event)));
    let again = {
        let player = desk.player.clone();
        Callback::from(move |_: MouseEvent| player.open_new())
    };
    let acts = desk.player.read_session(Session::hands_done);
    html! {
        <section class="violation" role="alert">
            <h2>{ text::violation_title(violation.property) }</h2>
            <p class="quiet">{ violation.statement }</p>
            <p><strong>{ moment(violation.time_us) }</strong>{ ": " }{ &violation.text }</p>
            <details>
                <summary>{ text::script_so_far(acts) }</summary>
                <pre tabindex="0">{ desk.player.script() }</pre>
            </details>
            <div class="row">
                <button type="button" class="primary" onclick={show}>{ "Show the event and its causes" }</button>
                <button type="button" onclick={desk.saying(Action::Open(Dialog::Share))}>{ "Share or save" }</button>
                <button type="button" onclick={again}>{ "Start again" }</button>
                <button type="button" onclick={aside}>{ "Put this aside" }</button>
            </div>
        </section>
    }
}

//! What makes this run unusual, in the lower corner of the stage: rules that are off, and links
//! that lose messages.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::{Rule, ServerId, ServerSet};
use crate::sim::Settings;
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct ConditionsProps {
    pub settings: Rc<Settings>,
    /// The number of servers on the ring.
    pub servers: usize,
}

#[component]
pub fn Conditions(props: &ConditionsProps) -> Html {
    let settings = &props.settings;
    let off = |rule: &Rule| {
        let slots = (0..props.servers).filter(|slot| !settings.rules[*slot].on(*rule));
        let servers: ServerSet = slots.map(ServerId::from_slot).collect();
        let everywhere = servers.len() == props.servers;
        (!servers.is_empty()).then(|| text::rule_off(rule.name(), (!everywhere).then_some(servers)))
    };
    let loss = (settings.loss_ppm > 0).then(|| text::links_lose(settings.loss_ppm));
    let mut notes = Rule::ALL.iter().filter_map(off).chain(loss).peekable();
    if notes.peek().is_none() {
        return Html::default();
    }
    html! {
        <ul class="conditions">{ for notes.map(|note| html! { <li>{ note }</li> }) }</ul>
    }
}

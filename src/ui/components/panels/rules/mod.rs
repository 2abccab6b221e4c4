//! The rules of Raft as cards: what each protects, its switch, how often it decided, what goes
//! wrong without it, and the search for a counterexample.

mod card;
mod search;

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::context::use_permissions;
use crate::ui::platform::{dom, field};
use crate::ui::state::SearchState;
use crate::ui::text;
use crate::ui::view::{RuleModel, RulesModel};

use card::{REFUSED_ID, RuleCard};
use search::SearchRow;

#[derive(PartialEq, Properties)]
pub struct RulesPanelProps {
    pub rules: Rc<RulesModel>,
    pub search: Option<SearchState>,
    /// While time passes, the cards stay where they are.
    pub playing: bool,
}

#[component]
pub fn RulesPanel(props: &RulesPanelProps) -> Html {
    let RulesModel { rules, newest_only } = &*props.rules;
    let lit = rules.iter().find(|model| model.is_lit).map(|model| model.rule);
    let refusal = use_permissions().refusal("rule");
    let list = use_node_ref();
    {
        let list = list.clone();
        use_effect_with((lit, props.playing), move |(lit, playing)| {
            let card = lit.and_then(|rule| dom::find(&format!("[data-rule=\"{rule}\"]")));
            if let (Some(list), Some(card), false) = (list.cast(), card, playing) {
                field::scroll_within(&list, &card);
            }
        });
    }
    let searched = props.search.as_ref().filter(|search| search.is_running());
    let searched = searched.map(|search| search.rule);
    let card = |model: &RuleModel| {
        let is_searched = searched == Some(model.rule);
        html! { <RuleCard key={model.rule.name()} model={model.clone()} {is_searched} /> }
    };
    html! {
        <section class="panel rules" aria-label={text::RULES}>
            <div class="panel-head">
                <h2>{ text::RULES }</h2>
                <p class="quiet">
                    if let Some(events) = newest_only {
                        { text::counted_in(*events) }
                    } else {
                        { text::RULES_MEANS }
                    }
                </p>
            </div>
            if let Some(refusal) = refusal {
                <p class="not-allowed" id={REFUSED_ID}>{ text::sentence(&refusal) }</p>
            }
            if let Some(search) = &props.search {
                <SearchRow search={search.clone()} />
            }
            <ul class="rule-cards" ref={list}>{ for rules.iter().map(card) }</ul>
        </section>
    }
}

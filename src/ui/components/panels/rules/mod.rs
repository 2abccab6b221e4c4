//! The rules of Raft as cards: what each protects, its switch, how often it decided, what goes
//! wrong without it, and the search for a counterexample.

mod card;
mod search;

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::state::SearchState;
use crate::ui::text;
use crate::ui::view::{RuleModel, RulesModel};

use card::RuleCard;
use search::SearchRow;

#[derive(PartialEq, Properties)]
pub struct RulesPanelProps {
    pub rules: Rc<RulesModel>,
    pub search: Option<SearchState>,
}

#[component]
pub fn RulesPanel(props: &RulesPanelProps) -> Html {
    let RulesModel { rules, newest_only } = &*props.rules;
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
            if let Some(search) = &props.search {
                <SearchRow search={search.clone()} />
            }
            <ul class="rule-cards">{ for rules.iter().map(card) }</ul>
        </section>
    }
}

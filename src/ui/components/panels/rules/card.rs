//! The card of a rule.

use yew::prelude::*;

use crate::raft::Rule;
use crate::sim::{Act, Setting};
use crate::ui::components::terms::TermText;
use crate::ui::context::{PageContext, use_page, use_permissions};
use crate::ui::text;
use crate::ui::view::{LastDecision, RuleModel};

/// The id of the sentence that says why no rule can be switched now.
pub const REFUSED_ID: &str = "rules-refused";

#[derive(PartialEq, Properties)]
pub struct RuleCardProps {
    pub model: RuleModel,
    /// Whether a search for a counterexample to this rule is under way.
    pub is_searched: bool,
}

#[component]
pub fn RuleCard(props: &RuleCardProps) -> Html {
    let page = use_page();
    let refusal = use_permissions().refusal("rule");
    let RuleModel { rule, off, is_off, decided, missing, last, is_lit } = &props.model;
    let rule = *rule;
    let class = classes!("rule-card", is_lit.then_some("lit"), (!off.is_empty()).then_some("off"),);
    let count = match off.is_empty() && *missing == 0 {
        true => text::decided(*decided),
        false => text::was_missing(*missing),
    };
    html! {
        <li {class} data-rule={rule.name()} aria-current={is_lit.then_some("true")}>
            <div class="rule-head">
                <h3>{ text::rule_title(rule) }</h3>
                { switch(&page, rule, off.is_empty(), refusal) }
            </div>
            <p>
                <TermText before={above(rule)} text={text::rule_protects(rule)} />
                { " " }
                <small>
                    { text::rule_section(rule) }
                    { " · " }
                    <code>{ rule.name() }</code>
                </small>
            </p>
            <p class="rule-count">
                if !off.is_empty() && !is_off {
                    <b>{ text::off_on(&text::servers(*off)) }</b>
                    { " · " }
                }
                { count }
                if let Some(last) = last {
                    { " · " }
                    { last_link(&page, last) }
                }
            </p>
            <div class="rule-links">
                { without_button(&page, rule) }
                { search_button(&page, rule, props.is_searched) }
            </div>
        </li>
    }
}

/// The sentences of the cards above: a term is marked once in the list.
fn above(rule: Rule) -> String {
    let others = Rule::ALL.into_iter().take_while(|other| *other != rule);
    others.map(text::rule_protects).collect()
}

/// On, where every server keeps the rule.
fn switch(page: &PageContext, rule: Rule, is_on: bool, refusal: Option<String>) -> Html {
    // Where it is refused, the notice says why.
    let onclick = page.callback(move |page, _: MouseEvent| {
        page.player.act(Act::Set(Setting::Rule { rule, on: !is_on, server: None }));
    });
    let (checked, words) = if is_on { ("true", "on") } else { ("false", "off") };
    html! {
        <button
            type="button"
            role="switch"
            class="switch"
            aria-checked={checked}
            aria-label={rule.name()}
            aria-disabled={refusal.is_some().then_some("true")}
            aria-describedby={refusal.is_some().then_some(REFUSED_ID)}
            title={refusal}
            {onclick}
        >
            <span class="knob" aria-hidden="true"></span>
            <span aria-hidden="true">{ words }</span>
        </button>
    }
}

/// The last event that the rule decided; a click selects it.
fn last_link(page: &PageContext, last: &LastDecision) -> Html {
    let (event, time_us) = (last.event, last.time_us);
    let onclick = page.callback(move |page, _: MouseEvent| page.player.inspect(event, time_us));
    html! {
        <button type="button" class="link-like" data-selection={format!("event-{event}")} {onclick}>
            { text::last_decision(time_us, &last.sentence) }
        </button>
    }
}

fn without_button(page: &PageContext, rule: Rule) -> Html {
    let onclick = page.callback(move |page, _: MouseEvent| page.player.open_broken(rule));
    html! {
        <button
            type="button"
            class="link-like"
            aria-label={format!("{}: {rule}", text::WITHOUT_IT)}
            title={rule.without()}
            {onclick}
        >
            { text::WITHOUT_IT }
        </button>
    }
}

fn search_button(page: &PageContext, rule: Rule, is_searched: bool) -> Html {
    let onclick = page.callback(move |page, _: MouseEvent| {
        if !is_searched {
            page.player.search(rule, 1);
        }
    });
    html! {
        <button
            type="button"
            class="link-like find"
            aria-label={format!("{}: {rule}", text::FIND_COUNTEREXAMPLE)}
            aria-disabled={is_searched.then_some("true")}
            title={is_searched.then_some(text::ALREADY_SEARCHING)}
            {onclick}
        >
            { text::FIND_COUNTEREXAMPLE }
        </button>
    }
}

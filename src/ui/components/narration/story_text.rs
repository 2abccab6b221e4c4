//! A text of the narration, with its markup.

use yew::prelude::*;

use crate::raft::Rule;
use crate::ui::components::terms::ExplainedTerm;
use crate::ui::context::{PageContext, use_page};
use crate::ui::markup::{MarkupSpan, paragraphs};
use crate::ui::platform::dom;
use crate::ui::state::{Action, Tab};
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct StoryTextProps {
    /// With the few signs of markdown that `ui::markup` knows.
    pub text: AttrValue,
}

#[component]
pub fn StoryText(StoryTextProps { text }: &StoryTextProps) -> Html {
    let page = use_page();
    let paragraph = |spans: Vec<MarkupSpan>| {
        html! { <p>{ for spans.into_iter().map(|span| piece(span, &page)) }</p> }
    };
    html! { <>{ for paragraphs(text).into_iter().map(paragraph) }</> }
}

fn piece(span: MarkupSpan, page: &PageContext) -> Html {
    match span {
        MarkupSpan::Plain(words) => html! { { words } },
        MarkupSpan::Code(words) => html! { <code>{ words }</code> },
        MarkupSpan::Emphasis(words) => html! { <em>{ words }</em> },
        MarkupSpan::Term(words, number) => html! { <ExplainedTerm {words} {number} /> },
        MarkupSpan::Rule(words, rule) => rule_link(words, rule, page),
    }
}

/// Opens the card of the rule.
fn rule_link(words: String, rule: Rule, page: &PageContext) -> Html {
    let onclick = page.callback(move |page, _: MouseEvent| {
        if !dom::is_shown(&card(rule)) {
            page.dispatch(Action::Show(Tab::Rules));
        }
        dom::soon(move || dom::focus_on(&format!("{} .switch", card(rule))));
    });
    html! {
        <button type="button" class="link-like" title={text::rule_protects(rule)} {onclick}>
            { words }
        </button>
    }
}

fn card(rule: Rule) -> String {
    format!("[data-rule=\"{rule}\"]")
}

//! The glossary, with a search.

use yew::prelude::*;

use crate::ui::glossary::{GlossaryTerm, terms};
use crate::ui::platform::dom;
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct GlossaryDialogProps {
    /// The number of the term to show first.
    pub term: Option<usize>,
}

#[component]
pub fn GlossaryDialog(props: &GlossaryDialogProps) -> Html {
    let query = use_state_eq(|| {
        props.term.and_then(|number| terms().get(number)).map_or_else(String::new, |term| {
            term.names.first().copied().unwrap_or_default().to_owned()
        })
    });
    let oninput = {
        let query = query.setter();
        Callback::from(move |event: InputEvent| query.set(dom::value_of(&event)))
    };
    let found: Vec<&GlossaryTerm> = terms().iter().filter(|term| fits(term, &query)).collect();
    let mut section = "";
    let rows = found.iter().map(|term| {
        let is_first = std::mem::replace(&mut section, term.section) != term.section;
        row(term, is_first)
    });
    html! {
        <>
            <label class="search-field">
                <span class="spoken">{ text::SEARCH_GLOSSARY }</span>
                <input
                    type="search"
                    autofocus=true
                    autocomplete="off"
                    placeholder={text::SEARCH_GLOSSARY}
                    value={(*query).clone()}
                    {oninput}
                />
            </label>
            <p class="quiet" role="status">
                if found.is_empty() {
                    { text::NO_TERM }
                } else {
                    { text::matches(found.len(), "term") }
                }
            </p>
            <div class="glossary">{ for rows }</div>
            <p class="quiet">{ text::GLOSSARY_MEANS }</p>
        </>
    }
}

/// Whether name, meaning or section contain every word of the query.
fn fits(term: &GlossaryTerm, query: &str) -> bool {
    let text = format!("{} {} {}", term.title(), term.meaning, term.section).to_ascii_lowercase();
    query.to_ascii_lowercase().split_whitespace().all(|word| text.contains(word))
}

fn row(term: &GlossaryTerm, begins_section: bool) -> Html {
    html! {
        <>
            if begins_section {
                <h3>{ term.section }</h3>
            }
            <p key={term.title()}>
                <dfn>{ term.title() }</dfn>
                { " " }
                { term.meaning }
                if !term.source.is_empty() {
                    <small>{ term.source }</small>
                }
            </p>
        </>
    }
}

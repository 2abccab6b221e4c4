//! The verdict on the run: a badge, and behind it the run in numbers and each property by name.

use std::rc::Rc;

use yew::prelude::*;

use crate::check::{Property, Verdict};
use crate::ui::context::{PageContext, use_page};
use crate::ui::state::{Action, Selection};
use crate::ui::text;
use crate::ui::view::{DeviationModel, RunSummary, ViolationModel};

const POPOVER: &str = "verdict";

#[derive(PartialEq, Properties)]
pub struct VerdictBadgeProps {
    /// With the oldest violation first.
    pub violations: Rc<Vec<ViolationModel>>,
    /// Whether the clients' history is linearizable.
    pub verdict: Rc<Verdict>,
    pub deviations: Rc<Vec<DeviationModel>>,
    pub summary: RunSummary,
}

#[component]
pub fn VerdictBadge(props: &VerdictBadgeProps) -> Html {
    let page = use_page();
    let rules_off: Vec<&str> = props
        .deviations
        .iter()
        .filter(|deviation| deviation.rule().is_some())
        .map(|deviation| &*deviation.label)
        .collect();
    let undecided = matches!(*props.verdict, Verdict::Undecided { .. });
    let (class, sign) = match () {
        () if !props.violations.is_empty() => ("bad", "✗"),
        () if !rules_off.is_empty() => ("doubtful", "!"),
        () => ("good", "✓"),
    };
    // On a phone only the part that says most has room.
    let [before, words, after] = match props.violations.first() {
        Some(first) => {
            let more = text::more_violations(props.violations.len() - 1);
            [format!("{} ", first.title), text::VIOLATED.to_owned(), more]
        }
        None if !rules_off.is_empty() => {
            let off = text::rules_off(rules_off.len());
            [text::NO_VIOLATION_YET.to_owned(), off, String::new()]
        }
        None => {
            let after = if undecided { text::UNDECIDED } else { text::LINEARIZABLE };
            [String::new(), text::SAFE.to_owned(), after.to_owned()]
        }
    };
    html! {
        <>
            <button
                type="button"
                class={classes!("verdict", class)}
                popovertarget={POPOVER}
                title={text::SAFE_MEANS}
            >
                <span aria-hidden="true">{ format!("{sign} ") }</span>
                <span class="roomy">{ before }</span>
                { words }
                <span class="roomy">{ after }</span>
            </button>
            <div
                class="verdict-popover"
                id={POPOVER}
                popover="auto"
                role="dialog"
                aria-label={text::VERDICT}
            >
                <h2>{ text::THIS_RUN }</h2>
                { run_numbers(props.summary) }
                if !rules_off.is_empty() {
                    <p class="doubt">{ text::no_promise(&rules_off) }</p>
                }
                <h2>{ text::PROPERTIES }</h2>
                <ul class="properties">
                    { for Property::ALL.map(|property| property_item(&page, props, property)) }
                </ul>
            </div>
        </>
    }
}

fn run_numbers(summary: RunSummary) -> Html {
    let numbers = [
        ("Term", summary.term.to_string()),
        ("Leader", text::server_or_dash(summary.leader)),
        ("Elections won", summary.elections.to_string()),
        ("Committed entries", summary.committed.to_string()),
    ];
    let number = |(name, value): (&'static str, String)| {
        html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }
    };
    html! { <dl class="run-numbers">{ for numbers.into_iter().map(number) }</dl> }
}

fn property_item(page: &PageContext, props: &VerdictBadgeProps, property: Property) -> Html {
    let violation = props.violations.iter().find(|found| found.property == property.name());
    let (class, sign, state) = match (violation, property, &*props.verdict) {
        (Some(found), ..) => ("broken", "✗", violation_link(page, found)),
        (None, Property::Linearizability, Verdict::Undecided { from }) => {
            ("undecided", "?", html! { text::undecided_from(from) })
        }
        (None, ..) => ("holds", "✓", html! { text::HOLDS }),
    };
    html! {
        <li key={property.name()} class={class} data-property={property.name()}>
            <span class="sign" aria-hidden="true">{ sign }</span>
            <div>
                <h3>
                    { property.title() }
                    <small>{ property.section() }</small>
                </h3>
                <p>{ property.statement() }</p>
                <p class="state">{ state }</p>
            </div>
        </li>
    }
}

/// What was found, as a button that selects the event.
fn violation_link(page: &PageContext, found: &ViolationModel) -> Html {
    let (event, time_us) = (found.event, found.time_us);
    let onclick = page.callback(move |page, _: MouseEvent| {
        page.player.inspect(event, time_us);
        page.dispatch(Action::Select(Selection::Event(event)));
    });
    html! {
        <button type="button" class="link-like" {onclick}>
            { text::violated_at(time_us, &found.headline) }
        </button>
    }
}

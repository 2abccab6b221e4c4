//! What makes the run differ from plain Raft: a chip for each, which a click removes. Chips that do
//! not fit are folded.

use std::rc::Rc;

use yew::prelude::*;

use crate::script::Permissions;
use crate::ui::components::element_size::use_element_size;
use crate::ui::components::icons::{Icon, Shape};
use crate::ui::context::{PageContext, use_page, use_permissions};
use crate::ui::platform::dom;
use crate::ui::text;
use crate::ui::view::{DeviationModel, Removal};

const POPOVER: &str = "deviations";
/// Roughly the width of a letter of a chip, of the rest of a chip, and of the button that unfolds
/// the others, in units.
const LETTER: i32 = 6;
const FRAME: i32 = 50;
const MORE: i32 = 44;
/// A longer label is cut off, and whole in the tooltip.
const LETTERS_MAX: i32 = 34;

#[derive(PartialEq, Properties)]
pub struct DeviationChipsProps {
    pub deviations: Rc<Vec<DeviationModel>>,
}

#[component]
pub fn DeviationChips(props: &DeviationChipsProps) -> Html {
    let (page, permissions) = (use_page(), use_permissions());
    let root = use_node_ref();
    let (width, _) = use_element_size(&root);
    let deviations = &props.deviations;
    // Where a chip was removed: the focus goes to the one that takes its place.
    let removed = use_mut_ref(|| None::<usize>);
    {
        let removed = removed.clone();
        use_effect_with(props.deviations.clone(), move |_| {
            if let Some(at) = removed.borrow_mut().take() {
                focus_near(at);
            }
        });
    }
    // Before it was measured, the width is 0.
    let width = if width > 0 { (f64::from(width) / dom::unit()) as i32 } else { 0 };
    let shown = fitting(deviations, width);
    let chip = |(at, deviation): (usize, &DeviationModel)| {
        let removed = removed.clone();
        let onremove = Callback::from(move |()| *removed.borrow_mut() = Some(at));
        deviation_chip(&page, deviation, at, &permissions, onremove)
    };
    let mut chips = deviations.iter().enumerate().map(chip);
    let first: Html = chips.by_ref().take(shown).collect();
    let folded = deviations.len() - shown;
    html! {
        <div class="deviations" ref={root}>
            if !deviations.is_empty() {
                <ul aria-label={text::DEVIATIONS}>{ first }</ul>
            }
            if folded > 0 {
                <button
                    type="button"
                    class="more-deviations"
                    popovertarget={POPOVER}
                    aria-label={text::more_deviations(folded)}
                >
                    { format!("+{folded}") }
                </button>
                <div
                    class="deviations-popover"
                    id={POPOVER}
                    popover="auto"
                    role="dialog"
                    aria-label={text::MORE_DEVIATIONS}
                >
                    <ul>{ for chips }</ul>
                </div>
            }
        </div>
    }
}

/// How many chips fit into that width, in units.
fn fitting(deviations: &[DeviationModel], width: i32) -> usize {
    let chip = |deviation: &DeviationModel| {
        (deviation.label.chars().count() as i32).min(LETTERS_MAX) * LETTER + FRAME
    };
    let all: i32 = deviations.iter().map(chip).sum();
    if all <= width {
        return deviations.len();
    }
    let mut left = width - MORE;
    let fits = |deviation: &&DeviationModel| {
        left -= chip(deviation);
        left >= 0
    };
    deviations.iter().take_while(fits).count()
}

fn deviation_chip(
    page: &PageContext,
    deviation: &DeviationModel,
    at: usize,
    permissions: &Permissions,
    onremove: Callback<()>,
) -> Html {
    let DeviationModel { label, meaning, removal } = deviation;
    // The label is the statement in that line.
    let refusal_of_line = permissions.refusal(label.split(' ').next().unwrap_or_default());
    let reason = match removal {
        Removal::Impossible(reason) => Some(text::stays(reason)),
        // Where it is refused, the notice says why.
        Removal::Act(act) => permissions.refusal_of(act).map(|refusal| text::sentence(&refusal)),
        Removal::Line(_) => refusal_of_line.as_deref().map(text::sentence),
    };
    let removal = removal.clone();
    let onclick = page.callback(move |page, _: MouseEvent| {
        let done = match &removal {
            Removal::Act(act) => page.player.act(act.clone()),
            Removal::Line(line) => match &refusal_of_line {
                Some(refusal) => {
                    page.player.notice(text::sentence(refusal));
                    false
                }
                None => {
                    let edited = page.player.edit_line(*line, None);
                    edited.inspect_err(|error| page.player.notice(text::cannot(error))).is_ok()
                }
            },
            Removal::Impossible(reason) => {
                page.player.notice(text::stays(reason));
                false
            }
        };
        if done {
            onremove.emit(());
        }
    });
    let title = match &reason {
        Some(reason) => format!("{meaning} {reason}"),
        None => meaning.clone(),
    };
    let is_fixed = reason.is_some();
    html! {
        <li key={label.clone()}>
            <button
                type="button"
                class={classes!("deviation", deviation.rule().map(|_| "rule-off"))}
                data-deviation={at.to_string()}
                aria-label={text::remove_deviation(label)}
                aria-description={title.clone()}
                aria-disabled={is_fixed.then_some("true")}
                {title}
                {onclick}
            >
                <span class="label">{ label }</span>
                if !is_fixed {
                    <Icon shape={Shape::Close} size="0.9rem" />
                }
            </button>
        </li>
    }
}

/// Focuses the chip at that place, or the last one, or the verdict beside them.
fn focus_near(at: usize) {
    let is_there = |at: &usize| dom::find(&format!("[data-deviation=\"{at}\"]")).is_some();
    match (0..=at).rev().find(is_there) {
        Some(at) => dom::focus_on(&format!("[data-deviation=\"{at}\"]")),
        None => dom::focus_on("button.verdict"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::Session;
    use crate::ui::view::deviations;

    #[test]
    fn chips_that_do_not_fit_are_folded() {
        let script = "loss 1%\npre-vote on\nrule majority off\n";
        let session = Session::open(script).expect("a script");
        let found = deviations(&session);
        assert_eq!(found.len(), 3);
        assert_eq!(fitting(&found, 1_000), 3);
        assert_eq!(fitting(&found, 300), 2);
        assert_eq!(fitting(&found, 100), 0);
        assert_eq!(fitting(&[], 0), 0);
    }
}

//! The branches: an action in the past begins a new branch, and the original run stays.

mod comparison;
mod rename_form;
mod tree;

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::context::{PageContext, use_page};
use crate::ui::platform::dom;
use crate::ui::text;
use crate::ui::view::{BranchModel, BranchesModel};

use comparison::BranchComparison;
use rename_form::RenameForm;
use tree::branch_tree;

/// A branch by its number among the others, or the branch that is shown.
type BranchId = Option<usize>;

#[derive(PartialEq, Properties)]
pub struct BranchesPanelProps {
    pub branches: Rc<BranchesModel>,
}

#[component]
pub fn BranchesPanel(props: &BranchesPanelProps) -> Html {
    let page = use_page();
    let renamed = use_state_eq(|| None::<BranchId>);
    let comparison = use_state_eq(|| None::<Rc<BranchComparison>>);
    let onclose = {
        let renamed = renamed.setter();
        Callback::from(move |()| {
            renamed.set(None);
            dom::focus_on(PANEL);
        })
    };
    let onreturn = {
        let comparison = comparison.setter();
        page.callback(move |page, number: usize| {
            comparison.set(None);
            page.player.return_to(number);
            dom::focus_on(PANEL);
        })
    };
    let oncompare = {
        let (branches, comparison) = (props.branches.clone(), comparison.setter());
        page.callback(move |page, number| match compare(page, &branches, number) {
            Ok(compared) => comparison.set(Some(Rc::new(compared))),
            Err(error) => page.player.notice(text::sentence(&error)),
        })
    };
    let onrename = {
        let renamed = renamed.setter();
        Callback::from(move |id: BranchId| renamed.set(Some(id)))
    };
    let BranchesModel { this, others, tree } = &*props.branches;
    let row = |id: BranchId, branch: &BranchModel| {
        if *renamed == Some(id) {
            let name = branch.name.clone();
            return html! {
                <li key="renamed"><RenameForm {id} {name} onclose={&onclose} /></li>
            };
        }
        branch_row(id, branch, &onreturn, &oncompare, &onrename)
    };
    let shown = comparison.as_ref().filter(|comparison| comparison.is_of(&props.branches));
    let rows = std::iter::once(row(None, this))
        .chain(others.iter().enumerate().map(|(number, branch)| row(Some(number), branch)));
    html! {
        <>
            if !tree.is_empty() {
                { branch_tree(tree) }
            }
            <ul class="branches" aria-label="Branches">{ for rows }</ul>
            if others.is_empty() {
                <p class="empty">{ text::BRANCHES_EMPTY }</p>
            }
            if let Some(comparison) = shown {
                { comparison.table() }
            }
        </>
    }
}

/// The panel itself, which takes the focus when the focused button disappears.
const PANEL: &str = "#panel";

/// Compares the branch that is shown with another one, now.
fn compare(
    page: &PageContext,
    branches: &BranchesModel,
    number: usize,
) -> Result<BranchComparison, String> {
    let there = branches.others.get(number).map(|branch| branch.name.clone()).unwrap_or_default();
    let differences = page.player.compare(number)?;
    let now = text::moment(page.player.with_world(|world| world.now_us()));
    let title = text::compared(&now, &there, differences.len());
    page.player.announce(title.clone());
    Ok(BranchComparison { title, here: branches.this.name.clone(), there, differences })
}

fn branch_row(
    id: BranchId,
    branch: &BranchModel,
    onreturn: &Callback<usize>,
    oncompare: &Callback<usize>,
    onrename: &Callback<BranchId>,
) -> Html {
    let name = &branch.name;
    let rename = onrename.reform(move |_: MouseEvent| id);
    html! {
        <li key={id.map_or(0, |number| number + 1)}>
            <h3>
                { name }
                if id.is_none() {
                    <small>{ "current" }</small>
                }
            </h3>
            <div class="row">
                if let Some(number) = id {
                    { button("Return", format!("Return to {name}"), onreturn, number) }
                    { button("Compare", format!("Compare with {name}"), oncompare, number) }
                }
                <button
                    type="button"
                    class="small"
                    aria-label={format!("Rename {name}")}
                    onclick={rename}
                >
                    { "Rename" }
                </button>
            </div>
            <p class="quiet">{ branch.summary() }</p>
        </li>
    }
}

fn button(text: &'static str, name: String, onpress: &Callback<usize>, number: usize) -> Html {
    let onclick = onpress.reform(move |_: MouseEvent| number);
    html! { <button type="button" class="small" aria-label={name} {onclick}>{ text }</button> }
}

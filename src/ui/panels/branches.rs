//! What else became of the run: every way that was left when somebody acted in the past.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::markup::html;
use crate::ui::model::{BranchesModel, moment};
use crate::ui::part::part;

/// Properties of the branches.
#[derive(Clone, PartialEq)]
pub struct BranchesProps {
    /// This branch and the others.
    pub branches: Rc<BranchesModel>,
}

part!(BranchesProps, use_branches);

#[hook]
fn use_branches(props: &BranchesProps) -> Html {
    let branches = &props.branches;
    html! {
        <ul aria-label="Branches">
            <li>{ &branches.name }</li>
            { for branches.others.iter().map(|other| html! {
                <li>{ &other.name }{ format!(" left at {}", moment(other.left_us)) }</li>
            }) }
        </ul>
    }
}

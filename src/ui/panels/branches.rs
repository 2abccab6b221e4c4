//! What else became of the run: every way that was left when somebody acted in the past.

use std::rc::Rc;

use yew::prelude::*;

use crate::script::Difference;
use crate::ui::desk::desk;
use crate::ui::hooks::{Kept, use_effect_on, use_kept};
use crate::ui::markup::html;
use crate::ui::model::{BranchModel, BranchesModel, moment};
use crate::ui::part::part;
use crate::ui::platform::dom;
use crate::ui::text;

/// Properties of the branches.
#[derive(Clone, PartialEq)]
pub struct BranchesProps {
    /// This branch and the others.
    pub branches: Rc<BranchesModel>,
}

part!(BranchesProps, use_branches);

/// Which branch is meant: another by its number, or this one.
type Which = Option<usize>;

/// Two branches beside each other, at a moment.
#[derive(PartialEq)]
struct Compared {
    title: String,
    here: String,
    there: String,
    differences: Vec<Difference>,
}

/// The branches, and two of them beside each other.
#[hook]
fn use_branches(props: &BranchesProps) -> Html {
    let renaming = use_kept(|| None::<Which>);
    let compared = use_kept(|| None::<Rc<Compared>>);
    let BranchesModel { this, others } = &*props.branches;
    {
        let branches = props.branches.clone();
        use_effect_on(*renaming, move |renaming| {
            if let Some(which) = renaming {
                let branch = which.map_or(&branches.this, |number| &branches.others[number]);
                dom::fill(FIELD, &branch.name);
            }
        });
    }
    let row = |which: Which, branch: &BranchModel| {
        let buttons = match which {
            None => Html::default(),
            Some(number) => ways(number, props, &compared),
        };
        html! {
            <li key={which.map_or(0, |number| number + 1)}>
                { name(which, branch, &renaming) }
                <div class="row">{ buttons }
                    if *renaming != Some(which) {
                        { button("Rename", &branch.name, { let renaming = renaming.clone(); Callback::from(move |_| renaming.set(Some(which))) }) }
                    }
                </div>
                <p class="quiet">{ text::branch(branch) }</p>
            </li>
        }
    };
    html! {
        <>
            <ul class="branches" aria-label="Branches">
                { row(None, this) }
                { for others.iter().enumerate().map(|(number, branch)| row(Some(number), branch)) }
            </ul>
            if others.is_empty() {
                <p class="empty">{ text::BRANCHES_EMPTY }</p>
            }
            { for compared.iter().map(|compared| table(compared)) }
        </>
    }
}

/// Where a name is typed.
const FIELD: &str = "#branch-name";

/// A branch's name, or the field for another.
fn name(which: Which, branch: &BranchModel, renaming: &Kept<Option<Which>>) -> Html {
    if **renaming != Some(which) {
        return html! {
            <h3>{ &branch.name }
                if which.is_none() {
                    <small>{ "you are here" }</small>
                }
            </h3>
        };
    }
    // The focus goes to where it is not lost.
    let close = {
        let renaming = renaming.clone();
        move || {
            renaming.set(None);
            dom::focus_on("#panel");
        }
    };
    let onkeydown = {
        let close = close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                close();
            }
        })
    };
    let player = desk().player;
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let typed = dom::find(FIELD).map(|field| dom::text_in(&field)).unwrap_or_default();
        if !typed.trim().is_empty() {
            player.rename_branch(which, typed.trim());
        }
        close();
    });
    html! {
        <form {onsubmit}>
            <input type="text" id="branch-name" aria-label="Name" maxlength="60" autocomplete="off" {onkeydown} />
            <button type="submit">{ "Keep" }</button>
        </form>
    }
}

/// What one can do with another branch.
fn ways(number: usize, props: &BranchesProps, compared: &Kept<Option<Rc<Compared>>>) -> Html {
    let player = desk().player;
    let (here, there) =
        (props.branches.this.name.clone(), props.branches.others[number].name.clone());
    let back = {
        let (player, compared) = (player.clone(), compared.clone());
        Callback::from(move |_| {
            compared.set(None);
            player.return_to(number);
            dom::focus_on("#panel");
        })
    };
    let compare = {
        let (compared, there) = (compared.clone(), there.clone());
        Callback::from(move |_| match player.compare(number) {
            Ok(differences) => {
                let now = moment(player.with_world(|world| world.now_us()));
                let title = text::compared(&now, &there, differences.len());
                player.announce(title.clone());
                let (here, there) = (here.clone(), there.clone());
                compared.set(Some(Rc::new(Compared { title, here, there, differences })));
            }
            Err(error) => player.notice(text::sentence(&error)),
        })
    };
    html! { <>{ button("Return", &there, back) }{ button("Compare", &there, compare) }</> }
}

fn button(does: &'static str, name: &str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="small" aria-label={format!("{does}: {name}")} {onclick}>{ does }</button> }
}

fn table(compared: &Compared) -> Html {
    let row = |difference: &Difference| {
        html! {
            <tr>
                <th scope="row">{ text::server(difference.server) }</th>
                <td>{ text::aspect(&difference.aspect) }</td>
                <td>{ text::with_names(&difference.here) }</td>
                <td>{ text::with_names(&difference.there) }</td>
            </tr>
        }
    };
    html! {
        <>
            <h3>{ &compared.title }</h3>
            if !compared.differences.is_empty() {
                <table class="stores differences" aria-label="Differences">
                    <thead><tr>
                        <th scope="col">{ "Server" }</th>
                        <th scope="col">{ "What" }</th>
                        <th scope="col">{ &compared.here }</th>
                        <th scope="col">{ &compared.there }</th>
                    </tr></thead>
                    <tbody>{ for compared.differences.iter().map(row) }</tbody>
                </table>
            }
        </>
    }
}

//! What else became of the run: every way that was left when somebody acted in the past.

use std::rc::Rc;

use yew::prelude::*;

use crate::script::Difference;
use crate::ui::desk::desk;
use crate::ui::hooks::{Kept, use_effect_on, use_kept};
use crate::ui::markup::html;
use crate::ui::part::part;
use crate::ui::platform::dom;
use crate::ui::text;
use crate::ui::view::{BranchModel, BranchesModel, moment};

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
            let branch = match renaming {
                None => None,
                Some(None) => Some(&branches.this),
                Some(Some(number)) => branches.others.get(*number),
            };
            if let Some(branch) = branch {
                dom::fill(FIELD, &branch.name);
            }
        });
    }
    let row = |which: Which, branch: &BranchModel| {
        if *renaming == Some(which) {
            return html! { <li key={"renamed"}>{ field(which, &renaming) }</li> };
        }
        let rename = {
            let renaming = renaming.clone();
            Callback::from(move |_| renaming.set(Some(which)))
        };
        html! {
            <li key={which.map_or(0, |number| number + 1)}>
                <h3>{ &branch.name }
                    if which.is_none() {
                        <small>{ "you are here" }</small>
                    }
                </h3>
                <div class="row">
                    { for which.map(|number| ways(number, props, &compared)) }
                    { button("Rename", "", &branch.name, rename) }
                </div>
                <p class="quiet">{ branch.summary() }</p>
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
            { for compared.iter().filter(|compared| is_of(compared, this, others)).map(|compared| table(compared)) }
        </>
    }
}

/// Whether both branches are still there: the comparison may be older than the cluster.
fn is_of(compared: &Compared, this: &BranchModel, others: &[BranchModel]) -> bool {
    compared.here == this.name && others.iter().any(|other| other.name == compared.there)
}

/// Where a name is typed.
const FIELD: &str = "#branch-name";

/// The field for another name.
fn field(which: Which, renaming: &Kept<Option<Which>>) -> Html {
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
    html! { <>{ button("Return", "to ", &there, back) }{ button("Compare", "with ", &there, compare) }</> }
}

fn button(does: &'static str, with: &str, name: &str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="small" aria-label={format!("{does} {with}{name}")} {onclick}>{ does }</button> }
}

fn table(compared: &Compared) -> Html {
    let row = |difference: &Difference| {
        html! {
            <tr>
                <th scope="row">{ text::server(difference.server) }</th>
                <td>{ text::aspect(&difference.aspect) }</td>
                <td>{ plain(&difference.here) }</td>
                <td>{ plain(&difference.there) }</td>
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

/// A value as the tables write it.
fn plain(value: &str) -> String {
    text::with_names(&value.replace('`', ""))
}

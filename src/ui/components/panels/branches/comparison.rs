//! Two branches compared at one moment.

use yew::prelude::*;

use crate::script::Difference;
use crate::ui::text;
use crate::ui::view::BranchesModel;

#[derive(PartialEq)]
pub struct BranchComparison {
    pub title: String,
    /// The names of the two branches.
    pub here: String,
    pub there: String,
    pub differences: Vec<Difference>,
}

impl BranchComparison {
    /// Whether it compares these branches. It may be older than the cluster.
    pub fn is_of(&self, branches: &BranchesModel) -> bool {
        self.here == branches.this.name
            && branches.others.iter().any(|other| other.name == self.there)
    }

    pub fn table(&self) -> Html {
        let BranchComparison { title, here, there, differences } = self;
        html! {
            <>
                <h3>{ title }</h3>
                if !differences.is_empty() {
                    <table class="stores differences" aria-label="Differences">
                        <thead>
                            <tr>
                                <th scope="col">{ "Server" }</th>
                                <th scope="col">{ "Field" }</th>
                                <th scope="col">{ here }</th>
                                <th scope="col">{ there }</th>
                            </tr>
                        </thead>
                        <tbody>{ for differences.iter().map(difference_row) }</tbody>
                    </table>
                }
            </>
        }
    }
}

fn difference_row(difference: &Difference) -> Html {
    html! {
        <tr>
            <th scope="row">{ text::server(difference.server) }</th>
            <td>{ text::aspect(&difference.aspect) }</td>
            <td>{ value(&difference.here) }</td>
            <td>{ value(&difference.there) }</td>
        </tr>
    }
}

/// A value without the quotes of the script language.
fn value(value: &str) -> String {
    value.replace('`', "")
}

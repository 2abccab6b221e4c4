//! Marks what is hovered, what is selected, and what contradicts what in every view. A view names
//! the thing that an element stands for in its attribute `data-selection`, and needs to do no more.

use yew::prelude::*;

use crate::script::Target;

use super::context::PageContext;
use super::platform::marks::{mark, on_hover};
use super::state::{Action, Selection, UiState};
use super::view::ClusterModel;

/// Follows the pointer and the keyboard focus, and renews the marks whenever the page has changed.
#[hook]
pub fn use_marks(page: &PageContext, ui: &UiState, cluster: &ClusterModel) {
    let page = page.clone();
    use_effect_with((), move |()| {
        let listeners = on_hover(move |name| {
            page.dispatch(Action::Hover(name.and_then(|name| name.parse().ok())));
        });
        move || drop(listeners)
    });
    let names = |thing: Option<Selection>| thing.iter().map(Selection::to_string).collect();
    let conflict = cluster.violations.iter().next_back().map(|newest| newest.conflict.as_slice());
    let conflict = conflict.unwrap_or_default().iter().map(|cell| cell.selection().to_string());
    let narration = cluster.narration.as_ref().as_ref();
    let points = narration.map_or(&[][..], |narration| &narration.points);
    let marks: [(&str, Vec<String>); 4] = [
        ("data-hovered", names(ui.hovered)),
        ("data-selected", names(ui.selection)),
        ("data-conflict", conflict.collect()),
        ("data-pointed", points.iter().map(place_name).collect()),
    ];
    let had_marks = use_mut_ref(|| false);
    use_effect(move || {
        let has_marks = marks.iter().any(|(_, names)| !names.is_empty());
        if had_marks.replace(has_marks) || has_marks {
            marks.iter().for_each(|(attribute, names)| mark(attribute, names));
        }
    });
}

/// The name of a place that the narration points to, as the elements there have it.
fn place_name(target: &Target) -> String {
    match *target {
        Target::Server(server) => Selection::Server(server).to_string(),
        Target::Link(a, b) => Selection::link(a, b).to_string(),
        Target::Log(server) => format!("log-{server}"),
        Target::Timeline => "timeline".to_owned(),
        Target::Console => "console".to_owned(),
    }
}

//! The open dialog, with the list of actions while the palette is open.

use std::rc::Rc;

use yew::prelude::*;

use super::actions::{PageAction, page_actions};
use super::components::dialogs::Dialogs;
use super::components::stage::menu_actions;
use super::state::{Dialog, UiState};
use super::view::ClusterModel;

pub fn open_dialog(ui: &UiState, cluster: &Rc<ClusterModel>) -> Html {
    html! {
        <Dialogs
            dialog={ui.dialog}
            partition={ui.partition}
            {cluster}
            selection={ui.selection}
            shortcuts={ui.shortcuts}
            theme={ui.theme}
            actions={listed_actions(ui, cluster)}
        />
    }
}

fn listed_actions(ui: &UiState, cluster: &ClusterModel) -> Rc<Vec<PageAction>> {
    Rc::new(match ui.dialog {
        Some(Dialog::Palette) => page_actions(ui, cluster, menu_actions(cluster)),
        _ => Vec::new(),
    })
}

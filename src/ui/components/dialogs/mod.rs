//! The dialogs. The browser keeps the focus within an open dialog and closes it with Escape.

mod help;
mod partition;
mod settings;
mod share;

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::components::icons::{Icon, Shape};
use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::state::{Action, Dialog, Theme};
use crate::ui::text;
use crate::ui::view::ClusterModel;

use help::HelpDialog;
use partition::PartitionDialog;
use settings::SettingsDialog;
use share::ShareDialog;

#[derive(PartialEq, Properties)]
pub struct DialogsProps {
    /// The open dialog.
    pub dialog: Option<Dialog>,
    pub cluster: Rc<ClusterModel>,
    /// Whether single-key shortcuts are enabled.
    pub shortcuts: bool,
    pub theme: Theme,
}

#[component]
pub fn Dialogs(props: &DialogsProps) -> Html {
    let Some(dialog) = props.dialog else { return Html::default() };
    let cluster = &props.cluster;
    let content = match dialog {
        Dialog::Settings => html! {
            <SettingsDialog
                settings={&cluster.settings}
                servers={&cluster.servers}
                shortcuts={props.shortcuts}
                theme={props.theme}
            />
        },
        Dialog::Help => html! { <HelpDialog /> },
        Dialog::Partition => html! { <PartitionDialog servers={&cluster.servers} /> },
        Dialog::Share => html! { <ShareDialog /> },
    };
    html! { <Modal {dialog}>{ content }</Modal> }
}

#[derive(PartialEq, Properties)]
struct ModalProps {
    dialog: Dialog,
    children: Html,
}

/// The frame of a dialog. The element that had the focus gets it back when the dialog closes.
#[component]
fn Modal(props: &ModalProps) -> Html {
    let page = use_page();
    let root = use_node_ref();
    {
        let root = root.clone();
        use_effect_with(props.dialog, move |_| {
            let opener = dom::focused();
            if let Some(dialog) = root.cast::<dom::HtmlDialogElement>() {
                dom::open_dialog(&dialog);
            }
            move || opener.iter().for_each(dom::focus)
        });
    }
    let onclose = page.callback(|page, _: Event| page.dispatch(Action::CloseDialog));
    let close = page.on_click(Action::CloseDialog);
    let name = text::dialog(props.dialog);
    html! {
        <dialog class={name.to_ascii_lowercase()} aria-label={name} ref={root} {onclose}>
            <div class="dialog-head">
                <h2>{ name }</h2>
                <button
                    type="button"
                    class="plain"
                    aria-label={format!("Close {name}")}
                    onclick={close}
                >
                    <Icon shape={Shape::Close} size="14" />
                </button>
            </div>
            <div class="dialog-body" tabindex="-1">{ props.children.clone() }</div>
        </dialog>
    }
}

//! What opens over the page. The browser keeps the focus within an open dialog, closes it with
//! Escape, and gives the focus back.

mod help;
mod partition;
mod settings;
mod share;

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::desk::desk;
use crate::ui::drawing::{LARGE_CROSS, drawing};
use crate::ui::hooks::use_effect_on;
use crate::ui::markup::html;
use crate::ui::part::{part, put};
use crate::ui::platform::dom;
use crate::ui::state::{Action, Dialog, Theme};
use crate::ui::text;
use crate::ui::view::ClusterModel;

use help::help;
use partition::PartitionProps;
use settings::SettingsProps;
use share::Share;

/// Properties of the dialogs.
#[derive(Clone, PartialEq)]
pub struct DialogsProps {
    /// Which one is open.
    pub dialog: Option<Dialog>,
    /// The cluster.
    pub picture: Rc<ClusterModel>,
    /// Whether single keys are shortcuts.
    pub shortcuts: bool,
    /// The colours.
    pub theme: Theme,
}

part!(DialogsProps, use_dialogs);

/// The open dialog, if any.
#[hook]
fn use_dialogs(props: &DialogsProps) -> Html {
    let Some(dialog) = props.dialog else { return Html::default() };
    let picture = props.picture.clone();
    let body = match dialog {
        Dialog::Settings => put(
            "settings",
            SettingsProps {
                settings: picture.settings.clone(),
                shortcuts: props.shortcuts,
                theme: props.theme,
            },
        ),
        Dialog::Help => help(),
        Dialog::Partition => put("partition", PartitionProps { picture }),
        Dialog::Share => put("share", Share),
    };
    put("modal", ModalProps { dialog, body })
}

#[derive(Clone, PartialEq)]
struct ModalProps {
    dialog: Dialog,
    body: Html,
}

part!(ModalProps, use_modal);

#[hook]
fn use_modal(props: &ModalProps) -> Html {
    let desk = desk();
    let root = use_node_ref();
    {
        let root = root.clone();
        use_effect_on(props.dialog, move |_| {
            let opener = dom::focused();
            if let Some(dialog) = root.cast::<dom::HtmlDialogElement>() {
                dom::open_dialog(&dialog);
            }
            move || opener.iter().for_each(dom::focus)
        });
    }
    let close = Callback::from(move |()| desk.say(Action::CloseDialog));
    let name = text::dialog(props.dialog);
    html! {
        <dialog class={name.to_ascii_lowercase()} aria-label={name} ref={root} onclose={close.reform(|_: Event| ())}>
            <div class="dialog-head">
                <h2>{ name }</h2>
                <button type="button" class="plain" aria-label={format!("Close {name}")} onclick={close.reform(|_: MouseEvent| ())}>
                    { drawing(LARGE_CROSS) }
                </button>
            </div>
            <div class="dialog-body" tabindex="-1">{ props.body.clone() }</div>
        </dialog>
    }
}

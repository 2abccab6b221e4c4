//! The dialogs. The browser keeps the focus within an open dialog and closes it with Escape.

mod compare;
mod embed;
mod export;
mod help;
mod link;
mod partition;
mod settings;
mod share;

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::components::icons::{Icon, Shape};
use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::state::{Action, Dialog, PartitionDraft, Theme};
use crate::ui::text;
use crate::ui::view::ClusterModel;

use compare::CompareDialog;
use export::ExportDialog;
use help::HelpDialog;
use link::LinkDialog;
use partition::PartitionDialog;
use settings::SettingsDialog;
use share::ShareDialog;

#[derive(PartialEq, Properties)]
pub struct DialogsProps {
    /// The open dialog.
    pub dialog: Option<Dialog>,
    /// The groups that were chosen for a partition.
    pub partition: Option<PartitionDraft>,
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
        Dialog::Partition => html! { <PartitionDialog {cluster} draft={props.partition} /> },
        Dialog::Link(a, b) => html! { <LinkDialog {cluster} {a} {b} /> },
        Dialog::Share => html! { <ShareDialog /> },
        Dialog::Export => html! { <ExportDialog /> },
        Dialog::Compare => html! { <CompareDialog settings={&cluster.settings} /> },
    };
    html! { <Frame {dialog}>{ content }</Frame> }
}

/// Whether the page stays in reach while the dialog is open: it lies beside the stage.
fn is_sheet(dialog: Dialog) -> bool {
    matches!(dialog, Dialog::Partition | Dialog::Link(..))
}

#[derive(PartialEq, Properties)]
struct FrameProps {
    dialog: Dialog,
    children: Html,
}

/// The frame of a dialog. The element that had the focus gets it back when the dialog closes.
#[component]
fn Frame(props: &FrameProps) -> Html {
    let page = use_page();
    let root = use_node_ref();
    {
        let root = root.clone();
        use_effect_with(props.dialog, move |dialog| {
            let opener = dom::focused();
            if let Some(element) = root.cast::<dom::HtmlDialogElement>() {
                dom::open_dialog(&element, !is_sheet(*dialog));
            }
            move || opener.iter().for_each(dom::focus)
        });
    }
    let onclose = page.callback(|page, _: Event| page.dispatch(Action::CloseDialog));
    let close = page.on_click(Action::CloseDialog);
    // The browser closes only modal dialogs with Escape.
    let onkeydown = page.callback(|page, event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            page.dispatch(Action::CloseDialog);
        }
    });
    let name = text::dialog(props.dialog);
    let class = classes!(
        name.to_ascii_lowercase().replace(' ', "-"),
        is_sheet(props.dialog).then_some("sheet")
    );
    html! {
        <dialog {class} aria-label={name} ref={root} {onclose} {onkeydown}>
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

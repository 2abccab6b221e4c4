//! The dialogs. The browser keeps the focus within an open dialog and closes it with Escape.

mod challenge;
mod compare;
mod embed;
mod export;
mod glossary;
mod help;
mod keys;
mod link;
mod palette;
mod partition;
mod settings;
mod share;

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use crate::ui::actions::PageAction;
use crate::ui::components::icons::{Icon, Shape};
use crate::ui::components::legend::Legend;
use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::state::{Action, ChallengeDraft, Dialog, PartitionDraft, Selection, Theme};
use crate::ui::text;
use crate::ui::view::ClusterModel;

use challenge::ChallengeDialog;
use compare::CompareDialog;
use export::ExportDialog;
use glossary::GlossaryDialog;
use help::HelpDialog;
use keys::KeysDialog;
use link::LinkDialog;
use palette::PaletteDialog;
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
    pub selection: Option<Selection>,
    /// Everything that can be done, for the palette.
    pub actions: Rc<Vec<PageAction>>,
}

#[component]
pub fn Dialogs(props: &DialogsProps) -> Html {
    let opener = use_opener(props.dialog.is_some());
    // It outlives its dialog, which a person closes to look at the stage.
    let draft = use_state_eq(ChallengeDraft::default);
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
        Dialog::MakeChallenge => html! {
            <ChallengeDialog servers={&cluster.servers} {draft} />
        },
        Dialog::Palette => html! {
            <PaletteDialog actions={&props.actions} selection={props.selection} />
        },
        Dialog::Keys => html! { <KeysDialog shortcuts={props.shortcuts} /> },
        Dialog::Glossary(term) => html! { <GlossaryDialog {term} /> },
        Dialog::Legend => html! { <Legend /> },
    };
    html! { <Frame key={text::dialog(dialog)} {dialog} {opener}>{ content }</Frame> }
}

/// Whether the page stays in reach while the dialog is open: it lies beside the stage.
fn is_sheet(dialog: Dialog) -> bool {
    matches!(dialog, Dialog::Partition | Dialog::Link(..))
}

/// The element that had the focus before the first dialog. It gets the focus back when no dialog is
/// open any more: one dialog may open another.
type Opener = Rc<RefCell<Option<dom::Element>>>;

#[hook]
fn use_opener(is_open: bool) -> Opener {
    let opener = use_mut_ref(|| None);
    {
        let opener = opener.clone();
        use_effect_with(is_open, move |is_open| {
            if !is_open {
                opener.take().iter().for_each(dom::focus);
            }
        });
    }
    opener
}

#[derive(PartialEq, Properties)]
struct FrameProps {
    dialog: Dialog,
    opener: Opener,
    children: Html,
}

/// The frame of a dialog.
#[component]
fn Frame(props: &FrameProps) -> Html {
    let page = use_page();
    let root = use_node_ref();
    {
        let (root, opener) = (root.clone(), props.opener.clone());
        use_effect_with(props.dialog, move |dialog| {
            let mut opener = opener.borrow_mut();
            if opener.is_none() {
                *opener = dom::focused();
            }
            if let Some(element) = root.cast::<dom::HtmlDialogElement>() {
                dom::open_dialog(&element, !is_sheet(*dialog));
            }
        });
    }
    let onclose = page.callback(|page, _: Event| page.dispatch(Action::CloseDialog));
    let close = page.on_click(Action::CloseDialog);
    // The browser closes only modal dialogs with Escape.
    let onkeydown = page.callback(|page, event: KeyboardEvent| {
        // The first Escape hides the explanation of a term.
        if event.key() == "Escape" && dom::find(".term-tip:popover-open").is_none() {
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
                    <Icon shape={Shape::Close} size="1.4rem" />
                </button>
            </div>
            <div class="dialog-body" tabindex="-1">{ props.children.clone() }</div>
        </dialog>
    }
}

//! The page's header: its name, its sections, whether every property holds, what makes the run
//! differ from plain Raft, and the buttons that open dialogs.

use std::rc::Rc;

use yew::prelude::*;

use crate::check::Verdict;
use crate::ui::components::deviation_chips::DeviationChips;
use crate::ui::components::icons::{Brand, Icon, Shape, ThemeIcon};
use crate::ui::components::section_tabs::SectionTabs;
use crate::ui::components::verdict::VerdictBadge;
use crate::ui::context::use_page;
use crate::ui::state::{Action, Dialog, Section, Theme};
use crate::ui::text;
use crate::ui::view::{DeviationModel, RunSummary, ViolationModel};

#[derive(PartialEq, Properties)]
pub struct HeaderProps {
    pub section: Section,
    pub theme: Theme,
    pub violations: Rc<Vec<ViolationModel>>,
    /// Whether the clients' history is linearizable.
    pub verdict: Rc<Verdict>,
    pub deviations: Rc<Vec<DeviationModel>>,
    pub summary: RunSummary,
    pub presenting: bool,
}

#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let page = use_page();
    let change_theme = page.on_click(Action::SetTheme(next_theme(props.theme)));
    let theme_name = text::theme(props.theme);
    let dialog_button = |dialog: Dialog| {
        let onclick = page.on_click(Action::Open(dialog));
        html! { <button type="button" {onclick}>{ text::dialog(dialog) }</button> }
    };
    html! {
        <header>
            <Brand />
            <h1>{ text::NAME }</h1>
            <SectionTabs section={props.section} />
            <VerdictBadge
                violations={&props.violations}
                verdict={&props.verdict}
                deviations={&props.deviations}
                summary={props.summary}
            />
            <DeviationChips deviations={&props.deviations} />
            <div class="buttons">
                <button
                    type="button"
                    class="search-actions"
                    aria-keyshortcuts="Control+K Meta+K"
                    title={text::PALETTE}
                    onclick={page.on_click(Action::Open(Dialog::Palette))}
                >
                    <Icon shape={Shape::Search} />
                    <span class="spoken">{ text::PALETTE }</span>
                    <kbd aria-hidden="true">{ "Ctrl+K" }</kbd>
                </button>
                <button
                    type="button"
                    class="icon"
                    aria-label={theme_name}
                    title={theme_name}
                    onclick={change_theme}
                >
                    <ThemeIcon theme={props.theme} />
                </button>
                <button
                    type="button"
                    class="present"
                    title={text::PRESENT_MEANS}
                    onclick={page.on_click(Action::Present(!props.presenting))}
                >
                    { text::present(props.presenting) }
                </button>
                { for [Dialog::Share, Dialog::Settings, Dialog::Help].map(dialog_button) }
            </div>
        </header>
    }
}

fn next_theme(theme: Theme) -> Theme {
    match theme {
        Theme::System => Theme::Dark,
        Theme::Dark => Theme::Light,
        Theme::Light => Theme::System,
    }
}

//! The button on the stage that shows the legend.

use yew::prelude::*;

use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::state::{Action, Dialog};
use crate::ui::text;

#[derive(PartialEq, Properties)]
pub struct LegendButtonProps {
    /// Whether the legend stands on the page.
    pub shown: bool,
}

/// Where there is no room beside the stage, it opens the legend as a dialog.
#[component]
pub fn LegendButton(props: &LegendButtonProps) -> Html {
    let shown = props.shown;
    let onclick = use_page().callback(move |page, _: MouseEvent| {
        page.dispatch(match dom::is_narrow() {
            true => Action::Open(Dialog::Legend),
            false => Action::ShowLegend(!shown),
        });
    });
    html! {
        <button
            type="button"
            class="chip legend-button"
            aria-expanded={shown.to_string()}
            {onclick}
        >
            { text::LEGEND_TITLE }
        </button>
    }
}

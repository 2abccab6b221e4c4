//! The tools of the diagram: heartbeats, zoom, the present, a second branch, and hiding it all.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::context::{PageContext, use_page};
use crate::ui::platform::dom;
use crate::ui::state::{Action, Dialog};
use crate::ui::text;
use crate::ui::view::BranchesModel;

/// A press zooms by this factor.
const ZOOM: f64 = 1.5;

#[derive(PartialEq, Properties)]
pub struct TimelineToolsProps {
    pub shown: bool,
    pub onshow: Callback<bool>,
    pub branches: Rc<BranchesModel>,
    /// The branch that is drawn below this one.
    pub compared: Option<String>,
}

#[component]
pub fn TimelineTools(props: &TimelineToolsProps) -> Html {
    let page = use_page();
    let shown = props.shown;
    let toggle = props.onshow.reform(move |_: MouseEvent| !shown);
    let fold = page.callback(|page, event: Event| {
        let folded = !dom::checked_of(&event);
        page.player.with_timeline(|board, _| board.fold(folded));
    });
    let fit = page.callback(|page, _: MouseEvent| {
        page.player.with_timeline(|board, session| board.fit(session));
    });
    let follow = page.callback(|page, _: MouseEvent| {
        page.player.with_timeline(|board, _| board.follow(true));
    });
    let compare = page.on_click(Action::Open(Dialog::Compare));
    let (name, sign) =
        if shown { (text::HIDE_DIAGRAM, "▾") } else { (text::SHOW_DIAGRAM, "▸") };
    html! {
        <span class="diagram-tools">
            if shown {
                <label class="tool" title={text::HEARTBEATS_MEAN}>
                    <input type="checkbox" onchange={fold} />{ text::HEARTBEATS }
                </label>
                <span class="zoom">
                    { zoom_button(&page, text::ZOOM_OUT, "−", 1.0 / ZOOM) }
                    { zoom_button(&page, text::ZOOM_IN, "+", ZOOM) }
                </span>
                <button type="button" title={text::SHOW_ALL} onclick={fit}>
                    { text::WHOLE_RUN }
                </button>
                <button type="button" title={text::TO_PRESENT} onclick={follow}>
                    { text::NOW }
                </button>
                if !props.branches.others.is_empty() {
                    <ComparedBranch
                        branches={&props.branches}
                        compared={props.compared.clone()}
                    />
                }
                if props.compared.is_some() {
                    { difference_button(&page) }
                }
                <button
                    type="button"
                    aria-haspopup="dialog"
                    title={text::COMPARE_MEANS}
                    onclick={compare}
                >
                    { text::COMPARE }
                </button>
            }
            <button
                type="button"
                class="icon"
                aria-label={name}
                title={name}
                aria-expanded={shown.to_string()}
                onclick={toggle}
            >
                { sign }
            </button>
        </span>
    }
}

fn difference_button(page: &PageContext) -> Html {
    let onclick = page.callback(|page, _: MouseEvent| page.player.go_to_first_difference());
    html! {
        <button
            type="button"
            class="to-difference"
            title={text::TO_FIRST_DIFFERENCE}
            {onclick}
        >
            { text::FIRST_DIFFERENCE_BUTTON }
        </button>
    }
}

fn zoom_button(page: &PageContext, name: &'static str, sign: &'static str, factor: f64) -> Html {
    let zoom = page.callback(move |page, _: MouseEvent| {
        page.player.with_timeline(|board, session| board.zoom_middle(factor, session));
    });
    html! {
        <button type="button" class="icon" aria-label={name} title={name} onclick={zoom}>
            { sign }
        </button>
    }
}

#[derive(PartialEq, Properties)]
struct ComparedBranchProps {
    branches: Rc<BranchesModel>,
    compared: Option<String>,
}

/// Chooses the branch that is drawn below this one.
#[component]
fn ComparedBranch(props: &ComparedBranchProps) -> Html {
    let page = use_page();
    let chosen = &props.compared;
    let names: Vec<String> = props.branches.others.iter().map(|it| it.name.clone()).collect();
    {
        // A branch that is shown itself now is compared no more.
        let (page, chosen) = (page.clone(), chosen.clone());
        use_effect_with(names.clone(), move |names| {
            if chosen.is_some_and(|name| !names.contains(&name)) {
                page.dispatch(Action::Compare(None));
                page.player.compare_in_timeline(None);
            }
        });
    }
    let onchange = {
        let names = names.clone();
        page.callback(move |page, event: Event| {
            let name = dom::value_of(&event);
            let number = names.iter().position(|known| *known == name);
            if page.player.compare_in_timeline(number) {
                page.dispatch(Action::Compare(number.map(|_| name)));
            } else {
                page.dispatch(Action::Compare(None));
                page.player.notice(text::NO_DIAGRAM_OF_BRANCH.to_owned());
            }
        })
    };
    let option = |name: &String| {
        let selected = chosen.as_ref() == Some(name);
        html! { <option value={name.clone()} {selected}>{ text::below(name) }</option> }
    };
    html! {
        <select aria-label={text::COMPARE_IN_DIAGRAM} {onchange}>
            <option value="" selected={chosen.is_none()}>{ text::ONE_BRANCH }</option>
            { for names.iter().map(option) }
        </select>
    }
}

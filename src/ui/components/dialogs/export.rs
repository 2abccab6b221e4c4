//! Pictures of the stage and the timeline, and the run as a text for other programs.

use yew::prelude::*;

use crate::export::SHIVIZ_PARSER;
use crate::sim::{Micros, Span};
use crate::ui::context::{PageContext, use_page};
use crate::ui::platform::dom;
use crate::ui::state::{PictureExport, SingleExport, TextExport};
use crate::ui::text;

/// What is exported, besides the form.
#[derive(Clone, Copy, PartialEq)]
struct Choice {
    /// `None`: up to the furthest moment that was reached.
    to_us: Option<Micros>,
    from_us: Micros,
    heartbeats: bool,
}

impl Choice {
    /// `None` if the range ends before it begins.
    fn span(&self, page: &PageContext) -> Option<Span> {
        let (from_us, end_us) = (self.from_us, page.player.end_us());
        let to_us = self.to_us.map_or(end_us, |to_us| to_us.min(end_us));
        (from_us < to_us || from_us == 0).then_some(Span { from_us, to_us })
    }
}

#[component]
pub fn ExportDialog() -> Html {
    let page = use_page();
    let choice = use_state_eq(|| Choice { from_us: 0, to_us: None, heartbeats: true });
    let message = use_state_eq(String::new);
    let say = use_callback((), {
        let message = message.setter();
        move |text: String, ()| message.set(text)
    });
    html! {
        <>
            <p class="quiet">{ text::EXPORT_MEANS }</p>
            { range_fields(&page, &choice) }
            <dl class="exports">
                { picture_row(&page, &choice, &say, PictureExport::Stage) }
                { picture_row(&page, &choice, &say, PictureExport::Timeline) }
                { text_row(&page, &choice, &say, TextExport::Mermaid) }
                { text_row(&page, &choice, &say, TextExport::Shiviz) }
                { text_row(&page, &choice, &say, TextExport::Trace) }
            </dl>
            <p role="status">{ &*message }</p>
        </>
    }
}

fn range_fields(page: &PageContext, choice: &UseStateHandle<Choice>) -> Html {
    let set = |change: fn(&mut Choice, Option<Micros>)| {
        let choice = choice.clone();
        Callback::from(move |event: Event| {
            let seconds = dom::number_of(&event).filter(|seconds| *seconds >= 0.0);
            let mut new = *choice;
            change(&mut new, seconds.map(|seconds| (seconds * 1e6).round() as Micros));
            choice.set(new);
        })
    };
    let toggle = {
        let choice = choice.clone();
        Callback::from(move |event: Event| {
            choice.set(Choice { heartbeats: dom::checked_of(&event), ..*choice });
        })
    };
    let whole = {
        let choice = choice.clone();
        Callback::from(move |_: MouseEvent| {
            choice.set(Choice { from_us: 0, to_us: None, ..*choice });
        })
    };
    let visible = {
        let choice = choice.clone();
        page.callback(move |page, _: MouseEvent| {
            if let Some(Span { from_us, to_us }) = page.player.visible_span() {
                choice.set(Choice { from_us, to_us: Some(to_us), ..*choice });
            }
        })
    };
    let to_us = choice.to_us.unwrap_or_else(|| page.player.end_us());
    html! {
        <div class="row export-range" role="group" aria-label={text::RANGE}>
            <label>
                { "From " }
                <input
                    type="number"
                    min="0"
                    step="any"
                    aria-label={text::RANGE_FROM}
                    value={seconds(choice.from_us)}
                    onchange={set(|choice, us| choice.from_us = us.unwrap_or(0))}
                />
            </label>
            <label>
                { "to " }
                <input
                    type="number"
                    min="0"
                    step="any"
                    aria-label={text::RANGE_TO}
                    value={seconds(to_us)}
                    onchange={set(|choice, us| choice.to_us = us)}
                />
                { " s" }
            </label>
            <button type="button" onclick={whole}>{ text::EXPORT_WHOLE_RUN }</button>
            if page.player.visible_span().is_some() {
                <button type="button" onclick={visible}>{ text::VISIBLE_PART }</button>
            }
            <label>
                <input type="checkbox" checked={choice.heartbeats} onchange={toggle} />
                { text::WITH_HEARTBEATS }
            </label>
        </div>
    }
}

fn seconds(time_us: Micros) -> String {
    format!("{:.3}", time_us as f64 / 1e6)
}

fn picture_row(
    page: &PageContext,
    choice: &UseStateHandle<Choice>,
    say: &Callback<String>,
    picture: PictureExport,
) -> Html {
    let (name, means) = match picture {
        PictureExport::Stage => (text::STAGE_PICTURE, text::STAGE_PICTURE_MEANS),
        PictureExport::Timeline => (text::TIMELINE_PICTURE, text::TIMELINE_PICTURE_MEANS),
    };
    let button = |form: &'static str, export: SingleExport| {
        export_button(page, choice, say, (form, format!("{name} as {form}")), export)
    };
    let buttons = html! {
        <>
            { button("SVG", SingleExport::Svg(picture)) }
            { button("PNG", SingleExport::Png(picture)) }
        </>
    };
    row(name, html! { { means } }, buttons)
}

fn text_row(
    page: &PageContext,
    choice: &UseStateHandle<Choice>,
    say: &Callback<String>,
    form: TextExport,
) -> Html {
    let (name, means) = match form {
        TextExport::Mermaid => (text::MERMAID, html! { { text::MERMAID_MEANS } }),
        TextExport::Shiviz => (
            text::SHIVIZ,
            html! { <>{ text::SHIVIZ_MEANS }{ " " }<code>{ SHIVIZ_PARSER }</code></> },
        ),
        TextExport::Trace => (text::TRACE, html! { { text::TRACE_MEANS } }),
    };
    let button = |verb: &'static str, export: SingleExport| {
        export_button(page, choice, say, (verb, format!("{verb} {name}")), export)
    };
    let buttons = html! {
        <>
            { button("Copy", SingleExport::Copy(form)) }
            { button("Save", SingleExport::Save(form)) }
        </>
    };
    row(name, means, buttons)
}

/// A button with a short label and a full name.
fn export_button(
    page: &PageContext,
    choice: &UseStateHandle<Choice>,
    say: &Callback<String>,
    (label, name): (&'static str, String),
    export: SingleExport,
) -> Html {
    let (choice, say) = (**choice, say.clone());
    let onclick = page.callback(move |page, _: MouseEvent| match choice.span(page) {
        Some(span) => page.player.export(export, span, choice.heartbeats, &say),
        None => say.emit(text::RANGE_WRONG.to_owned()),
    });
    html! {
        <button type="button" aria-label={name} {onclick}>{ label }</button>
    }
}

fn row(name: &str, means: Html, buttons: Html) -> Html {
    html! {
        <div>
            <dt>{ name.to_owned() }</dt>
            <dd class="quiet">{ means }</dd>
            <dd class="row">{ buttons }</dd>
        </div>
    }
}

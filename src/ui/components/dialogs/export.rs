//! Pictures of the stage and the timeline, and the run as a text for other programs.

use yew::prelude::*;

use crate::export::{MERMAID_LEN_MAX, SHIVIZ_PARSER};
use crate::sim::{Micros, Span};
use crate::ui::context::{PageContext, use_page};
use crate::ui::platform::{dom, files, pictures};
use crate::ui::player::TextExport;
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

/// One of the two pictures.
#[derive(Clone, Copy, PartialEq)]
enum Picture {
    Stage,
    Timeline,
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
                { picture_row(&page, &choice, &say, Picture::Stage) }
                { picture_row(&page, &choice, &say, Picture::Timeline) }
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
    picture: Picture,
) -> Html {
    let (name, means, stem) = match picture {
        Picture::Stage => (text::STAGE_PICTURE, text::STAGE_PICTURE_MEANS, "raftarium-stage"),
        Picture::Timeline => {
            (text::TIMELINE_PICTURE, text::TIMELINE_PICTURE_MEANS, "raftarium-timeline")
        }
    };
    let button = |form: &'static str| {
        let (choice, say) = (**choice, say.clone());
        let onclick = page.callback(move |page, _: MouseEvent| {
            let Some(span) = choice.span(page) else {
                return say.emit(text::RANGE_WRONG.to_owned());
            };
            let svg = match picture {
                Picture::Stage => page.player.stage_picture(),
                Picture::Timeline => page.player.timeline_picture(span, choice.heartbeats),
            };
            save_picture(svg, &format!("{stem}.{}", form.to_ascii_lowercase()), &say);
        });
        html! {
            <button type="button" aria-label={format!("{name} as {form}")} {onclick}>
                { form }
            </button>
        }
    };
    row(name, html! { { means } }, html! { <>{ button("SVG") }{ button("PNG") }</> })
}

fn save_picture(svg: String, file: &str, say: &Callback<String>) {
    let saved = text::saved(file);
    if file.ends_with(".svg") {
        files::save(file, &svg);
        return say.emit(saved);
    }
    let say = say.clone();
    pictures::save_png(file, &svg, move |drawn| {
        say.emit(if drawn { saved } else { text::PNG_FAILED.to_owned() });
    });
}

fn text_row(
    page: &PageContext,
    choice: &UseStateHandle<Choice>,
    say: &Callback<String>,
    form: TextExport,
) -> Html {
    let (name, file) = match form {
        TextExport::Mermaid => (text::MERMAID, "raftarium.mmd"),
        TextExport::Shiviz => (text::SHIVIZ, "raftarium.log"),
        TextExport::Trace => (text::TRACE, "raftarium.jsonl"),
    };
    let means = match form {
        TextExport::Mermaid => html! { { text::MERMAID_MEANS } },
        TextExport::Shiviz => {
            html! { <>{ text::SHIVIZ_MEANS }{ " " }<code>{ SHIVIZ_PARSER }</code></> }
        }
        TextExport::Trace => html! { { text::TRACE_MEANS } },
    };
    let with_text = |then: fn(&str, String, &Callback<String>)| {
        let (choice, say) = (**choice, say.clone());
        page.callback(move |page, _: MouseEvent| {
            let Some(span) = choice.span(page) else {
                return say.emit(text::RANGE_WRONG.to_owned());
            };
            match page.player.text_export(form, span, choice.heartbeats) {
                Ok(text) => then(file, text, &say),
                Err(error) => say.emit(error),
            }
        })
    };
    let buttons = html! {
        <>
            <button type="button" aria-label={format!("Copy {name}")} onclick={with_text(copy)}>
                { "Copy" }
            </button>
            <button type="button" aria-label={format!("Save {name}")} onclick={with_text(save)}>
                { "Save" }
            </button>
        </>
    };
    row(name, means, buttons)
}

fn copy(file: &str, text: String, say: &Callback<String>) {
    let (say, note) = (say.clone(), note_on(file, &text));
    files::copy(&text, move |copied| {
        let message = if copied { "Copied." } else { text::TEXT_COPY_FAILED };
        say.emit(format!("{message}{note}"));
    });
}

fn save(file: &str, text: String, say: &Callback<String>) {
    files::save(file, &text);
    say.emit(text::saved(file) + &note_on(file, &text));
}

/// A sentence about a diagram that Mermaid would not draw.
fn note_on(file: &str, text: &str) -> String {
    let is_long = file.ends_with(".mmd") && text.len() > MERMAID_LEN_MAX;
    let note = || format!(" {}", text::mermaid_long(text.len(), MERMAID_LEN_MAX));
    if is_long { note() } else { String::new() }
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

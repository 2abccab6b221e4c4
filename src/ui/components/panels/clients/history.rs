//! The clients' history as bars on an axis of time.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::ClientId;
use crate::ui::components::roving_focus::{ButtonPlace, RovingFocus, use_roving_focus};
use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::state::{Action, Selection};
use crate::ui::text;
use crate::ui::view::{BarMark, ClientHistory, HistoryModel, OperationBar, OperationOutcome};

/// The height of a lane, and of a bar in it, in pixels.
const LANE: usize = 26;
const BAR: usize = 22;

#[derive(PartialEq, Properties)]
pub struct HistoryProps {
    pub history: Rc<HistoryModel>,
}

#[component]
pub fn History(HistoryProps { history }: &HistoryProps) -> Html {
    let count = history.clients.iter().map(|client| client.bars.len()).sum();
    let focus = use_roving_focus(count, |bar| format!("[data-bar=\"{bar}\"]"));
    let mut place = 0;
    let rows = history.clients.iter().map(|client| {
        let first = place;
        place += client.bars.len();
        client_row(history, client, first, &focus)
    });
    html! {
        <div class="history">
            <p class={classes!("verdict", history.contradiction.is_some().then_some("broken"))}>
                { text::history(&history.verdict) }
            </p>
            if count > 0 {
                <div
                    class="history-rows"
                    role="group"
                    aria-label={text::HISTORY}
                    onkeydown={focus.onkeydown.clone()}
                >
                    { for rows }
                    { axis(history) }
                </div>
            }
            if history.omitted > 0 {
                <p class="quiet">{ text::history_omitted(history.omitted) }</p>
            }
        </div>
    }
}

fn client_row(
    history: &HistoryModel,
    client: &ClientHistory,
    first: usize,
    focus: &RovingFocus,
) -> Html {
    let height = (client.lanes * LANE).to_string();
    let name = format!("{:#}", client.client);
    html! {
        <div key={client.client.number()} class="history-row">
            <span class="history-client" data-selection={client.client.to_string()}>
                { &name }
            </span>
            <svg class="history-lanes" {height} role="group" aria-label={name}>
                { for history.ticks_us().map(|time_us| line(history, time_us, "tick")) }
                { for written(history) }
                { for client.bars.iter().enumerate().map(|(index, bar)| html! {
                    <Bar
                        key={bar.operation.serial}
                        client={client.client}
                        bar={bar.clone()}
                        from={percent(history.share(bar.operation.invoked_us))}
                        width={percent(
                            history.share(bar.until_us) - history.share(bar.operation.invoked_us)
                        )}
                        place={focus.place(first + index)}
                    />
                }) }
            </svg>
        </div>
    }
}

/// The moment from which on every read must see the write.
fn written(history: &HistoryModel) -> Option<Html> {
    let contradiction = history.contradiction.as_ref()?;
    Some(line(history, contradiction.written_us?, "written"))
}

fn line(history: &HistoryModel, time_us: u64, class: &'static str) -> Html {
    let x = percent(history.share(time_us));
    let key = format!("{class}{time_us}");
    html! { <line {key} {class} x1={x.clone()} x2={x} y1="0" y2="100%" /> }
}

fn axis(history: &HistoryModel) -> Html {
    let ticks: Vec<u64> = history.ticks_us().collect();
    let last = ticks.len().saturating_sub(1);
    let label = |(index, time_us): (usize, &u64)| {
        let anchor = if index == last { "end" } else { "middle" };
        let (x, moment) = (percent(history.share(*time_us)), text::moment(*time_us));
        html! { <text key={index} {x} y="13" text-anchor={anchor}>{ moment }</text> }
    };
    html! {
        <div class="history-row" aria-hidden="true">
            <span class="history-client"></span>
            <svg class="history-axis" height="18">
                { for ticks.iter().enumerate().skip(1).map(label) }
            </svg>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct BarProps {
    client: ClientId,
    bar: OperationBar,
    /// Where it begins and how wide it is, as a percentage of the axis.
    from: AttrValue,
    width: AttrValue,
    place: ButtonPlace,
}

#[component]
fn Bar(props: &BarProps) -> Html {
    let page = use_page();
    let OperationBar { operation, lane, mark, .. } = &props.bar;
    let selection = Selection::Operation { client: props.client, serial: operation.serial };
    let (onclick, onkeydown) = props.place.handlers(move || {
        page.dispatch(Action::Select(selection));
        // The inspector replaces the history.
        dom::soon(|| dom::focus_on("#panel"));
    });
    let (state, sign) = match (mark, &operation.outcome) {
        (BarMark::FitsNoOrder, _) => ("unexplained", "✗"),
        (BarMark::ProvesStale, _) => ("proof", "✓"),
        (BarMark::None, OperationOutcome::Pending) => ("pending", "…"),
        (BarMark::None, OperationOutcome::Done(_)) => ("done", "✓"),
        (BarMark::None, OperationOutcome::Failed(_)) => ("failed", "!"),
    };
    let top = (lane * LANE + (LANE - BAR) / 2).to_string();
    let middle = (BAR / 2 + 4).to_string();
    let answer = match &operation.outcome {
        OperationOutcome::Pending => None,
        OperationOutcome::Done(answer) | OperationOutcome::Failed(answer) => {
            Some((&**answer, props.bar.until_us))
        }
    };
    let mut title =
        text::history_bar(props.client, &operation.command, operation.invoked_us, answer);
    title.push_str(match mark {
        BarMark::None => "",
        BarMark::FitsNoOrder => text::FITS_NO_ORDER_SPOKEN,
        BarMark::ProvesStale => text::PROVES_STALE_SPOKEN,
    });
    html! {
        <svg
            class={classes!("history-bar", state)}
            role="button"
            tabindex={props.place.tabindex}
            aria-label={title.clone()}
            data-bar={props.place.number().to_string()}
            data-selection={selection.to_string()}
            x={props.from.clone()}
            y={top}
            width={props.width.clone()}
            height={BAR.to_string()}
            {onclick}
            {onkeydown}
        >
            <title>{ title }</title>
            <rect x="0" y="0" width="100%" height="100%" rx="4" />
            <text x="5" y={middle}>{ format!("{sign} {}", operation.command) }</text>
        </svg>
    }
}

fn percent(share: f64) -> AttrValue {
    format!("{:.2}%", share * 100.0).into()
}

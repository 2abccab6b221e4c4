//! The logs: servers by index. Only the columns in view are drawn, so a log of any length scrolls;
//! the view follows the end until the person scrolls back.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::Index;
use crate::ui::decimal::fixed;
use crate::ui::desk::{Desk, desk};
use crate::ui::hooks::{use_effect_on, use_kept};
use crate::ui::markup::{classes, html};
use crate::ui::palette::term_tint;
use crate::ui::part::{part, put};
use crate::ui::platform::dom;
use crate::ui::platform::listen::SizeWatch;
use crate::ui::state::{Action, LogWindow};
use crate::ui::text;
use crate::ui::view::{LogCell, LogRow, LogsModel};

/// A column's breadth, in pixels; style.css draws it so.
const COLUMN: f64 = 60.0;
/// The breadth of the servers' names.
const NAMES: f64 = 44.0;
/// So many columns are drawn beyond what is in view.
const SPARE: usize = 3;

/// Properties of the logs.
#[derive(Clone, PartialEq)]
pub struct LogsProps {
    /// The part of the logs that is in view.
    pub logs: Rc<LogsModel>,
}

part!(LogsProps, use_logs);

/// The table named Logs.
#[hook]
fn use_logs(props: &LogsProps) -> Html {
    let desk = desk();
    let (scroller, inner, table) = (use_node_ref(), use_node_ref(), use_node_ref());
    let following = use_kept(|| true);
    let logs = &props.logs;
    {
        let (scroller, inner, table) = (scroller.clone(), inner.clone(), table.clone());
        let following = *following;
        use_effect_on((logs.first, logs.last, logs.count, following), move |(first, last, ..)| {
            arrange(&scroller, &inner, &table, *first, *last, following);
        });
    }
    let look = {
        let (scroller, following, desk) = (scroller.clone(), following.setter(), desk.clone());
        Rc::new(move || {
            if let Some(follows) = look(&scroller, &desk) {
                following.set(follows);
            }
        })
    };
    {
        let (look, scroller) = (look.clone(), scroller.clone());
        use_effect_on((), move |()| {
            let watch =
                scroller.cast().and_then(|element| SizeWatch::new(&element, move || look()));
            move || drop(watch)
        });
    }
    let onscroll = Callback::from(move |_: Event| look());
    let to_the_end = {
        let scroller = scroller.clone();
        Callback::from(move |_: MouseEvent| scroll_to_end(&scroller))
    };
    let columns = logs.first..logs.first + logs.count as Index;
    html! {
        <section class="panel logs-panel">
            <div class="panel-head">
                <h2>{ "Logs" }</h2>
                if !*following {
                    <button type="button" class="chip" onclick={to_the_end}>{ "To the end" }</button>
                }
                if logs.last == 0 {
                    <p class="quiet marks">{ text::LOGS_EMPTY }</p>
                } else {
                    <p class="quiet marks">
                        <span class="mark-match" aria-hidden="true" />{ " match " }<span class="mark-next" aria-hidden="true" />{ " next index, " }{ text::markers(logs.leader) }
                    </p>
                }
            </div>
            <div class="logs-scroll" tabindex="0" role="region" aria-label="Logs as a table" ref={scroller} {onscroll}>
                <div ref={inner}>
                    <table class="logs" aria-label="Logs" aria-colcount={(logs.last + 1).to_string()} ref={table}>
                        <thead><tr>
                            <th scope="col"><span class="spoken">{ "Server" }</span></th>
                            { for columns.map(|index| html! { <th key={index} scope="col" aria-colindex={(index + 1).to_string()}>{ index }</th> }) }
                        </tr></thead>
                        <tbody>{ for logs.rows.iter().map(|row| put(row.server.number(), RowProps { row: row.clone(), first: logs.first })) }</tbody>
                    </table>
                </div>
            </div>
        </section>
    }
}

/// Puts the columns that are drawn where they belong in the whole.
fn arrange(
    scroller: &NodeRef,
    inner: &NodeRef,
    table: &NodeRef,
    first: Index,
    last: Index,
    following: bool,
) {
    let (Some(inner), Some(table)) = (inner.cast::<dom::Element>(), table.cast::<dom::Element>())
    else {
        return;
    };
    let width = NAMES + (last + 1) as f64 * COLUMN;
    dom::set_style(&inner, "width", &format!("{}px", fixed(width, 0)));
    dom::set_style(&table, "left", &format!("{}px", fixed((first - 1) as f64 * COLUMN, 0)));
    if following {
        scroll_to_end(scroller);
    }
}

fn scroll_to_end(scroller: &NodeRef) {
    if let Some(scroller) = scroller.cast::<dom::Element>() {
        scroller.set_scroll_left(scroller.scroll_width());
    }
}

/// Asks for the columns that are in view; returns whether the view is at the end.
fn look(scroller: &NodeRef, desk: &Desk) -> Option<bool> {
    let scroller = scroller.cast::<dom::Element>()?;
    let (left, (width, _)) = (f64::from(scroller.scroll_left()), dom::size_of(&scroller));
    let at_end = left + width >= f64::from(scroller.scroll_width()) - COLUMN / 2.0;
    let count = (((width - NAMES) / COLUMN).ceil().max(1.0)) as usize + SPARE;
    let first = ((left / COLUMN).floor() as Index).saturating_sub(1).max(1);
    desk.say(Action::ScrollLogs(LogWindow { first: (!at_end).then_some(first), count }));
    Some(at_end)
}

#[derive(Clone, PartialEq)]
struct RowProps {
    row: LogRow,
    first: Index,
}

part!(RowProps, use_row);

#[hook]
fn use_row(props: &RowProps) -> Html {
    let row = &props.row;
    let cells = row.cells.iter().enumerate().map(|(place, cell)| {
        let index = props.first + place as Index;
        entry(row, index, cell.as_ref())
    });
    html! {
        <tr class={classes!(row.crashed.then_some("crashed"), row.leads.then_some("leads"))}>
            <th scope="row">{ text::server(row.server) }</th>
            { for cells }
        </tr>
    }
}

fn entry(row: &LogRow, index: Index, cell: Option<&LogCell>) -> Html {
    let matched = row.match_index == Some(index);
    let next = row.next_index == Some(index);
    let marks = html! {
        <>
            if matched { <span class="mark-match" title="match index" /> }
            if next { <span class="mark-next" title="next index" /> }
        </>
    };
    let Some(cell) = cell else {
        let compacted = index <= row.snapshot;
        let class = if compacted { "compacted" } else { "empty-cell" };
        let title = compacted.then_some(text::COMPACTED);
        return html! { <td key={index} {class} {title} aria-colindex={(index + 1).to_string()}>{ marks }</td> };
    };
    let state = if cell.committed { "committed" } else { "open" };
    html! {
        <td key={index} class={classes!("entry", term_tint(cell.term), state)} aria-colindex={(index + 1).to_string()} title={format!("entry {index}, term {}, {}, {}", cell.term, cell.command, if cell.committed { "committed" } else { "not known to be committed" })}>
            <b>{ cell.term }</b><span class="command">{ &cell.command }</span>
            <span class="spoken">{ if cell.committed { ", committed" } else { ", not committed" } }</span>
            { marks }
        </td>
    }
}

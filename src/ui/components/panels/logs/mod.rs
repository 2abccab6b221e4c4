//! The table named Logs: a row per server, a column per index. Only the columns in view are
//! rendered, so a log of any length scrolls. The view follows the end until it is scrolled back.

mod grid;
mod row;
mod scroll;

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::Index;
use crate::ui::context::use_page;
use crate::ui::platform::listen::SizeWatch;
use crate::ui::state::Action;
use crate::ui::text;
use crate::ui::view::{LogRow, LogsModel};

pub use row::LogTableRow;

#[derive(PartialEq, Properties)]
pub struct LogsPanelProps {
    /// The window of the logs that is in view.
    pub logs: Rc<LogsModel>,
}

#[component]
pub fn LogsPanel(props: &LogsPanelProps) -> Html {
    let scroller = use_node_ref();
    let following = use_state_eq(|| true);
    let logs = &props.logs;
    let (content, table) = use_placed_columns(logs, &scroller, *following);
    let handlers = use_cell_handlers(&table);
    let onscroll = use_window(&scroller, &following);
    let scroll_to_end = {
        let scroller = scroller.clone();
        Callback::from(move |_: MouseEvent| scroll::to_end(&scroller))
    };
    html! {
        <section class="panel logs-panel">
            <div class="panel-head">
                <h2>{ "Logs" }</h2>
                if !*following {
                    <button type="button" class="chip" onclick={scroll_to_end}>
                        { "To the end" }
                    </button>
                }
                { legend(logs) }
            </div>
            <div
                class="logs-scroll"
                tabindex="0"
                role="region"
                aria-label="Logs as a table"
                ref={scroller}
                {onscroll}
            >
                { log_table(logs, content, table, handlers) }
            </div>
        </section>
    }
}

/// Reports the columns in view whenever the element is scrolled or resized. Returns the scroll
/// handler.
#[hook]
fn use_window(scroller: &NodeRef, following: &UseStateHandle<bool>) -> Callback<Event> {
    let page = use_page();
    let report = {
        let (scroller, following) = (scroller.clone(), following.setter());
        Rc::new(move || {
            if let Some(at_end) = scroll::report_window(&scroller, &page) {
                following.set(at_end);
            }
        })
    };
    {
        let (report, scroller) = (report.clone(), scroller.clone());
        use_effect_with((), move |()| {
            let watch =
                scroller.cast().and_then(|element| SizeWatch::new(&element, move || report()));
            move || drop(watch)
        });
    }
    Callback::from(move |_: Event| report())
}

/// The handlers of all cells.
struct CellHandlers {
    onclick: Callback<MouseEvent>,
    onkeydown: Callback<KeyboardEvent>,
    onfocusin: Callback<FocusEvent>,
}

#[hook]
fn use_cell_handlers(table: &NodeRef) -> CellHandlers {
    let page = use_page();
    let onclick = use_callback((), move |event: MouseEvent, ()| {
        if let Some(entry) = grid::entry_of(&event) {
            page.dispatch(Action::Select(entry));
        }
    });
    let onkeydown = use_callback(table.clone(), |event: KeyboardEvent, table| {
        if let Some(table) = table.cast() {
            grid::move_focus(&event, &table);
        }
    });
    let onfocusin = use_callback(table.clone(), |event: FocusEvent, table| {
        if let Some(table) = table.cast() {
            grid::set_tab_stop(&event, &table);
        }
    });
    CellHandlers { onclick, onkeydown, onfocusin }
}

/// Explains the markers in the cells.
fn legend(logs: &LogsModel) -> Html {
    if logs.last == 0 {
        return html! { <p class="quiet marks">{ text::LOGS_EMPTY }</p> };
    }
    html! {
        <p class="quiet marks">
            <span class="mark-match" aria-hidden="true" />
            { " match " }
            <span class="mark-next" aria-hidden="true" />
            { " next index, " }
            { text::markers(logs.leader) }
            if let Some(open) = logs.open {
                { " · " }
                { text::entry_is_on(open.index, open.have, open.needed, open.of) }
            }
        </p>
    }
}

/// Places the columns whenever they change, and follows the end. Returns the content and its table.
#[hook]
fn use_placed_columns(logs: &LogsModel, scroller: &NodeRef, following: bool) -> (NodeRef, NodeRef) {
    let (content, table) = (use_node_ref(), use_node_ref());
    let placed = (content.clone(), table.clone());
    let scroller = scroller.clone();
    let window = (logs.first, logs.columns, logs.count, following);
    use_effect_with(window, move |(first, columns, _, following)| {
        scroll::place_columns(&content, &table, *first, *columns);
        if *following {
            scroll::to_end(&scroller);
        }
    });
    placed
}

fn log_table(logs: &LogsModel, content: NodeRef, table: NodeRef, handlers: CellHandlers) -> Html {
    let CellHandlers { onclick, onkeydown, onfocusin } = handlers;
    let heading = |index: Index| {
        html! {
            <th key={index} scope="col" aria-colindex={(index + 1).to_string()}>{ index }</th>
        }
    };
    let row = |row: &LogRow| {
        let key = row.server.number();
        let has_tab_stop = key == 1;
        html! { <LogTableRow {key} row={row.clone()} first={logs.first} {has_tab_stop} /> }
    };
    let columns = logs.first..logs.first + logs.count as Index;
    html! {
        <div ref={content}>
            <table
                class="logs"
                aria-label="Logs"
                aria-colcount={(logs.columns + 1).to_string()}
                ref={table}
                {onclick}
                {onkeydown}
                {onfocusin}
            >
                <thead>
                    <tr>
                        <th scope="col"><span class="spoken">{ "Server" }</span></th>
                        <>{ for columns.map(heading) }</>
                    </tr>
                </thead>
                <tbody>{ for logs.rows.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

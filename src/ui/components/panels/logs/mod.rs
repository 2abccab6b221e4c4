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

use scroll::LogColumns;

pub use row::LogTableRow;

#[derive(PartialEq, Properties)]
pub struct LogsPanelProps {
    /// The window of the logs that is in view.
    pub logs: Rc<LogsModel>,
    /// Whether columns are narrowed where that brings all entries into view.
    #[prop_or_default]
    pub narrows: bool,
}

#[component]
pub fn LogsPanel(props: &LogsPanelProps) -> Html {
    let scroller = use_node_ref();
    let following = use_state_eq(|| true);
    let logs = &props.logs;
    let columns =
        LogColumns { first: logs.first, count: logs.columns, are_narrowed: props.narrows };
    let (content, table) = (use_node_ref(), use_node_ref());
    let places = LogPlaces { scroller: scroller.clone(), content, table };
    use_placed_columns(columns, logs.count, &places, *following);
    let onscroll = use_window(columns, &places, &following);
    let LogPlaces { content, table, .. } = places;
    let handlers = use_cell_handlers(&table);
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

/// The elements that the columns are placed in.
#[derive(Clone)]
struct LogPlaces {
    scroller: NodeRef,
    content: NodeRef,
    table: NodeRef,
}

/// Reports the columns in view whenever the element is scrolled or resized, or their width
/// changes. Returns the scroll handler.
#[hook]
fn use_window(
    columns: LogColumns,
    places: &LogPlaces,
    following: &UseStateHandle<bool>,
) -> Callback<Event> {
    let page = use_page();
    let newest = use_mut_ref(|| columns);
    *newest.borrow_mut() = columns;
    let report = {
        let (places, following) = (places.clone(), following.setter());
        Rc::new(move |is_resized: bool| {
            let columns = *newest.borrow();
            if is_resized {
                columns.place(&places.scroller, &places.content, &places.table);
            }
            if let Some(at_end) = scroll::report_window(&places.scroller, columns, &page) {
                following.set(at_end);
            }
        })
    };
    {
        let report = report.clone();
        let narrowed = columns.are_narrowed.then_some(columns.count);
        use_effect_with(narrowed, move |narrowed| {
            if narrowed.is_some() {
                report(false);
            }
        });
    }
    {
        let (report, scroller) = (report.clone(), places.scroller.clone());
        use_effect_with((), move |()| {
            let watch =
                scroller.cast().and_then(|element| SizeWatch::new(&element, move || report(true)));
            move || drop(watch)
        });
    }
    Callback::from(move |_: Event| report(false))
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

/// Places the columns whenever they change, and follows the end.
#[hook]
fn use_placed_columns(columns: LogColumns, rendered: usize, places: &LogPlaces, following: bool) {
    let places = places.clone();
    use_effect_with((columns, rendered, following), move |(columns, _, following)| {
        columns.place(&places.scroller, &places.content, &places.table);
        if *following {
            scroll::to_end(&places.scroller);
        }
    });
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

//! A server's row in the table of logs. A cell is a button; the table handles its clicks and keys.

use yew::prelude::*;

use crate::raft::{Command, Index};
use crate::ui::palette::term_tint;
use crate::ui::state::Selection;
use crate::ui::text;
use crate::ui::view::{CommitKnowledge, LogCell, LogRow};

#[derive(PartialEq, Properties)]
pub struct LogTableRowProps {
    pub row: LogRow,
    /// The index of the first cell.
    pub first: Index,
    /// The first cell of the table is where Tab leads to, until another one gets the focus.
    pub has_tab_stop: bool,
}

#[component]
pub fn LogTableRow(props: &LogTableRowProps) -> Html {
    let LogTableRowProps { row, first, has_tab_stop } = props;
    let (first, last) = (*first, *first + row.cells.len() as Index - 1);
    let compacted = row.snapshot.min(last);
    let rest = row.cells.iter().zip(first..).filter(|(_, index)| *index > compacted);
    let cells = rest.map(|(cell, index)| match cell {
        Some(cell) => entry_cell(row, index, cell, *has_tab_stop && index == first),
        None => empty_cell(row, index),
    });
    html! {
        <tr
            class={classes!(row.crashed.then_some("crashed"), row.leads.then_some("leads"))}
            data-place={format!("log-{}", row.server)}
        >
            <th scope="row" data-selection={Selection::Server(row.server).to_string()}>
                { text::server(row.server) }
            </th>
            if compacted >= first {
                { snapshot_cell(row, first, compacted, *has_tab_stop) }
            }
            <>{ for cells }</>
        </tr>
    }
}

fn entry_cell(row: &LogRow, index: Index, cell: &LogCell, tab_stop: bool) -> Html {
    let (state, known) = match cell.knowledge {
        CommitKnowledge::Known => ("committed", "committed"),
        CommitKnowledge::Elsewhere if row.crashed => ("forgotten", text::COMMIT_FORGOTTEN),
        CommitKnowledge::Elsewhere => ("forgotten", text::COMMIT_UNKNOWN_HERE),
        CommitKnowledge::Nobody => ("open", "not known to be committed"),
    };
    let command = text::command_in_full(&cell.command);
    let title = format!("entry {index}, term {}, {command}, {known}", cell.term);
    html! {
        <td
            key={index}
            class={classes!("entry", term_tint(cell.term), state)}
            data-selection={Selection::Entry { server: row.server, index }.to_string()}
            aria-colindex={(index + 1).to_string()}
            title={title.clone()}
        >
            <button
                type="button"
                class="cell"
                tabindex={tabindex(tab_stop)}
                aria-label={format!("{} {title}", text::server(row.server))}
            >
                <b>{ cell.term }</b>
                { short_command(&cell.command) }
            </button>
            { truncated(row, index) }
            { markers(row, index, index) }
        </td>
    }
}

/// The columns from `first` to `last` are one cell: the snapshot replaces their entries.
fn snapshot_cell(row: &LogRow, first: Index, last: Index, tab_stop: bool) -> Html {
    let index = row.snapshot;
    let holds = match &*row.snapshot_holds {
        "" => text::SNAPSHOT_WITHOUT_KEYS,
        holds => holds,
    };
    let title = format!("{}: {holds}", text::snapshot_title(row.server, index));
    html! {
        <td
            key="snapshot"
            class="compacted"
            colspan={(last + 1 - first).to_string()}
            data-selection={Selection::Entry { server: row.server, index }.to_string()}
            data-first={first.to_string()}
            aria-colindex={(first + 1).to_string()}
            title={title.clone()}
        >
            <button
                type="button"
                class="cell"
                tabindex={tabindex(tab_stop)}
                aria-label={title}
            >
                <b>{ format!("1–{index}") }</b>
                <span class="command">{ holds }</span>
            </button>
            { markers(row, first, last) }
        </td>
    }
}

fn tabindex(tab_stop: bool) -> &'static str {
    if tab_stop { "0" } else { "-1" }
}

fn empty_cell(row: &LogRow, index: Index) -> Html {
    html! {
        <td key={index} class="empty-cell" aria-colindex={(index + 1).to_string()}>
            { truncated(row, index) }
            { markers(row, index, index) }
        </td>
    }
}

/// So short that it fits the cell.
fn short_command(command: &Command) -> Html {
    html! { <span class="command">{ text::command(command) }</span> }
}

/// The entry that was just removed there: it is struck through and fades.
fn truncated(row: &LogRow, index: Index) -> Html {
    let Some(entry) = row.truncated.iter().find(|entry| entry.index == index) else {
        return Html::default();
    };
    html! {
        <s class={classes!("truncated", term_tint(entry.term))} title={text::TRUNCATED}>
            <b>{ entry.term }</b>
            { short_command(&entry.command) }
        </s>
    }
}

/// The leader's match index and next index for this server, if they are in the
/// cell of these columns.
fn markers(row: &LogRow, first: Index, last: Index) -> Html {
    let is_here = |index: Option<Index>| index.is_some_and(|at| (first..=last).contains(&at));
    html! {
        <>
            if is_here(row.match_index) {
                <span class="mark-match" title="match index" />
            }
            if is_here(row.next_index) {
                <span class="mark-next" title="next index" />
            }
        </>
    }
}

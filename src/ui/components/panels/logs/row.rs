//! A server's row in the table of logs.

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
}

#[component]
pub fn LogTableRow(props: &LogTableRowProps) -> Html {
    let row = &props.row;
    let cells = row.cells.iter().zip(props.first..).map(|(cell, index)| match cell {
        Some(cell) => entry_cell(row, index, cell),
        None => empty_cell(row, index),
    });
    html! {
        <tr class={classes!(row.crashed.then_some("crashed"), row.leads.then_some("leads"))}>
            <th scope="row" data-selection={Selection::Server(row.server).to_string()}>
                { text::server(row.server) }
            </th>
            <>{ for cells }</>
        </tr>
    }
}

fn entry_cell(row: &LogRow, index: Index, cell: &LogCell) -> Html {
    let (state, known) = match cell.knowledge {
        CommitKnowledge::Known => ("committed", "committed"),
        CommitKnowledge::Elsewhere if row.crashed => ("forgotten", text::COMMIT_FORGOTTEN),
        CommitKnowledge::Elsewhere => ("forgotten", text::COMMIT_UNKNOWN_HERE),
        CommitKnowledge::Nobody => ("open", "not known to be committed"),
    };
    let title = format!(
        "entry {index}, term {}, {}, {known}",
        cell.term,
        text::command_in_full(&cell.command)
    );
    html! {
        <td
            key={index}
            class={classes!("entry", term_tint(cell.term), state)}
            data-selection={Selection::Entry { server: row.server, index }.to_string()}
            aria-colindex={(index + 1).to_string()}
            {title}
        >
            <b>{ cell.term }</b>
            { command(&cell.command) }
            <span class="spoken">{ format!(", {known}") }</span>
            { truncated(row, index) }
            { markers(row, index) }
        </td>
    }
}

fn empty_cell(row: &LogRow, index: Index) -> Html {
    let is_compacted = index <= row.snapshot;
    html! {
        <td
            key={index}
            class={if is_compacted { "compacted" } else { "empty-cell" }}
            title={is_compacted.then_some(text::COMPACTED)}
            aria-colindex={(index + 1).to_string()}
        >
            { truncated(row, index) }
            { markers(row, index) }
        </td>
    }
}

/// A configuration is short to look at, and in full to listen to.
fn command(command: &Command) -> Html {
    let Command::Configuration(configuration) = command else {
        return html! { <span class="command">{ command.to_string() }</span> };
    };
    html! {
        <>
            <span class="command" aria-hidden="true">
                { text::configuration(configuration) }
            </span>
            <span class="spoken">{ text::command_in_full(command) }</span>
        </>
    }
}

/// The entry that was just removed there: it is struck through and fades.
fn truncated(row: &LogRow, index: Index) -> Html {
    let Some(entry) = row.truncated.iter().find(|entry| entry.index == index) else {
        return Html::default();
    };
    html! {
        <s class={classes!("truncated", term_tint(entry.term))} title={text::TRUNCATED}>
            <b>{ entry.term }</b>
            { command(&entry.command) }
        </s>
    }
}

/// The leader's match index and next index for this server.
fn markers(row: &LogRow, index: Index) -> Html {
    html! {
        <>
            if row.match_index == Some(index) {
                <span class="mark-match" title="match index" />
            }
            if row.next_index == Some(index) {
                <span class="mark-next" title="next index" />
            }
        </>
    }
}

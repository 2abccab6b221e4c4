//! A client's commands, the newest first.

use yew::prelude::*;

use crate::ui::text;
use crate::ui::view::{ClientModel, OperationModel, OperationOutcome};

const COLUMNS: [&str; 7] = ["#", "Command", "Outcome", "To", "Attempts", "Sent", "Took"];

/// `shows_hint` applies to a client without commands.
pub fn operations(client: &ClientModel, shows_hint: bool) -> Html {
    let name = format!("C{}", client.id.number());
    let found = match client.leader {
        Some(leader) => format!("last reached the leader at {}", text::server(leader)),
        None => "has not found a leader yet".to_owned(),
    };
    html! {
        // It scrolls sideways where it is narrow, so the keyboard must reach it.
        <div
            key={client.id.number()}
            class="operations"
            role="group"
            aria-label={name.clone()}
            tabindex="0"
        >
            <p class="quiet">{ format!("{name} {found}.") }</p>
            if !client.operations.is_empty() {
                <table aria-label={format!("Commands of {name}")}>
                    <thead>
                        <tr>{ for COLUMNS.map(|name| html! { <th scope="col">{ name }</th> }) }</tr>
                    </thead>
                    <tbody>{ for client.operations.iter().map(operation_row) }</tbody>
                </table>
            } else if shows_hint {
                <p class="empty">{ text::OPERATIONS_EMPTY }</p>
            }
        </div>
    }
}

fn operation_row(operation: &OperationModel) -> Html {
    let key = operation.serial;
    html! { <OperationRow {key} operation={operation.clone()} /> }
}

#[derive(PartialEq, Properties)]
struct OperationRowProps {
    operation: OperationModel,
}

#[component]
fn OperationRow(props: &OperationRowProps) -> Html {
    let operation = &props.operation;
    let (class, sign, outcome) = match &operation.outcome {
        OperationOutcome::Pending => ("pending", "…", "pending"),
        OperationOutcome::Done(outcome) => ("done", "✓", outcome.as_str()),
        OperationOutcome::Failed(outcome) => ("refused", "✗", outcome.as_str()),
    };
    let no_order = operation.fits_no_order;
    let (class, sign) = if no_order { ("refused", "✗") } else { (class, sign) };
    let attempts = match operation.redirects {
        0 => operation.attempts.to_string(),
        1 => format!("{}, redirected", operation.attempts),
        times => format!("{}, redirected {times} times", operation.attempts),
    };
    html! {
        <tr {class}>
            <td>{ operation.serial }</td>
            <td><code>{ &operation.command }</code></td>
            <td>
                <span class="sign" aria-hidden="true">{ sign }</span>
                { " " }
                { outcome }
                if no_order {
                    { ", " }
                    <strong title={text::FITS_NO_ORDER_MEANS}>{ text::FITS_NO_ORDER }</strong>
                }
            </td>
            <td>{ text::server_or_dash(operation.target) }</td>
            <td>{ attempts }</td>
            <td>{ text::moment(operation.invoked_us) }</td>
            <td>{ operation.took_us.map_or_else(|| "–".to_owned(), text::milliseconds) }</td>
        </tr>
    }
}

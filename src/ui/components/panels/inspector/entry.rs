//! A log entry: its copies and whether it is committed; or what a snapshot holds.

use yew::prelude::*;

use crate::raft::{ServerId, ServerSet};
use crate::ui::context::PageContext;
use crate::ui::state::{Action, Selection};
use crate::ui::text;
use crate::ui::view::{
    Commitment, Copies, EntryDetails, EntryModel, Lack, OpenReason, SnapshotDetails,
};

use super::decisions::decisions;
use super::fields::fields;
use super::message::event_button;

pub fn entry(page: &PageContext, entry: &EntryModel) -> Html {
    match entry {
        EntryModel::Entry(details) => of_entry(page, details),
        EntryModel::Snapshot(details) => snapshot(details),
        EntryModel::Missing { server, index, last, deleted } => html! {
            <>
                <h3 class="inspector-title">{ text::no_entry(*server, *index, *last) }</h3>
                if let Some(deletion) = deleted {
                    <p>{ text::entry_deleted(*server, *index, deletion.time_us) }</p>
                    { decisions(std::slice::from_ref(&deletion.why)) }
                    { event_button(page, deletion.event, text::CAUSES) }
                }
            </>
        },
    }
}

fn of_entry(page: &PageContext, details: &EntryDetails) -> Html {
    let applied = if details.applied { text::APPLIED } else { text::NOT_APPLIED };
    let groups = details.copies.groups.iter();
    let groups = groups.map(|group| text::copies(group.have, group.needed, group.of));
    let mut rows = vec![
        ("command", details.command.clone()),
        ("copies", groups.collect::<Vec<String>>().join("; of the old voters ")),
    ];
    rows.extend(copies(&details.copies));
    rows.push(("state machine", applied.to_owned()));
    html! {
        <>
            <h3 class="inspector-title">
                { text::entry_title(details.server, details.index, details.term) }
            </h3>
            { commitment(&details.commitment) }
            { fields(&rows) }
            if let Some((client, serial)) = details.operation {
                <p>
                    { "It is " }
                    <button
                        type="button"
                        class="link-like"
                        onclick={page.on_click(
                            Action::Select(Selection::Operation { client, serial }),
                        )}
                    >
                        { text::clients_command(client, serial) }
                    </button>
                    { "." }
                </p>
            }
        </>
    }
}

/// Which servers have it in which way; only those ways that occur.
fn copies(copies: &Copies) -> Vec<text::Field> {
    let set = |name: &'static str, servers: ServerSet| {
        (!servers.is_empty()).then(|| (name, text::servers(servers)))
    };
    let differ =
        copies.differ.iter().map(|(id, term)| format!("{} (term {term})", text::server(*id)));
    let differ: Vec<String> = differ.collect();
    [
        set("on disk", copies.stored),
        set("being written", copies.unwritten),
        set("in a snapshot", copies.compacted),
        set("missing", copies.missing),
        (!differ.is_empty()).then(|| ("another entry", differ.join(", "))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn commitment(commitment: &Commitment) -> Html {
    let row = |reason: &OpenReason| html! { <li>{ why_open(reason) }</li> };
    match commitment {
        Commitment::Committed { known_by } => html! {
            <p class="commitment done">
                <b>{ "Committed." }</b>
                { " " }
                { text::committed(*known_by) }
            </p>
        },
        Commitment::Open(reasons) => html! {
            <div class="commitment open">
                <b>{ text::NOT_COMMITTED }</b>
                <ul>{ for reasons.iter().map(row) }</ul>
            </div>
        },
    }
}

/// Why an entry is not committed, in a sentence or two.
pub fn why_open(reason: &OpenReason) -> String {
    match reason {
        OpenReason::NoLeader => text::OPEN_NO_LEADER.to_owned(),
        OpenReason::Conflicts { leader, term, theirs } => {
            text::open_conflicts(*leader, *term, *theirs)
        }
        OpenReason::LeaderLacks { leader, term, last } => {
            text::open_leader_lacks(*leader, *term, *last)
        }
        OpenReason::OldTerm { leader, term, entry_term, own } => {
            text::open_old_term(*leader, *term, *entry_term, *own)
        }
        OpenReason::TooFewCopies { have, needed, lacking } => {
            let lacking: Vec<String> = lacking.iter().copied().map(lack).collect();
            text::open_too_few(*have, *needed, &lacking)
        }
        OpenReason::NotAcknowledged { leader, known, needed } => {
            text::open_not_acknowledged(*leader, *known, *needed)
        }
        OpenReason::LeaderPaused(leader) => text::open_leader_paused(*leader),
    }
}

fn lack((server, why): (ServerId, Lack)) -> String {
    let why = match why {
        Lack::Crashed => "crashed",
        Lack::Paused => "paused",
        Lack::CutOff => "cut off from the leader",
        Lack::Writing => "still writing it",
        Lack::OnItsWay => "on its way",
        Lack::Behind => "behind",
    };
    format!("{} ({why})", text::server(server))
}

fn snapshot(details: &SnapshotDetails) -> Html {
    let rows = [
        ("last index", details.last_index.to_string()),
        ("last term", details.last_term.to_string()),
        ("configuration", format!("{:#}", details.configuration)),
    ];
    let row = |(key, value): &(String, String)| {
        html! { <tr key={key.clone()}><th scope="row">{ key }</th><td>{ value }</td></tr> }
    };
    html! {
        <>
            <h3 class="inspector-title">
                { text::snapshot_title(details.server, details.last_index) }
            </h3>
            { fields(&rows) }
            if details.values.is_empty() {
                <p class="quiet">{ text::SNAPSHOT_WITHOUT_KEYS }</p>
            } else {
                <table class="snapshot-values" aria-label={text::SNAPSHOT_VALUES}>
                    <tbody>{ for details.values.iter().map(row) }</tbody>
                </table>
                if details.more > 0 {
                    <p class="quiet">{ text::more_keys(details.more) }</p>
                }
            }
        </>
    }
}

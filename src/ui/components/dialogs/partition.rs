//! The click-and-keys twin of the line across the ring: each server is put into a group.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::{SERVERS_MAX, ServerSet};
use crate::sim::{Act, Servers};
use crate::ui::desk::desk;
use crate::ui::hooks::use_kept;
use crate::ui::markup::html;
use crate::ui::part::part;
use crate::ui::platform::dom;
use crate::ui::state::Action;
use crate::ui::text;
use crate::ui::view::ClusterModel;

/// How many groups there can be.
const GROUPS: [&str; 3] = ["A", "B", "C"];

/// Properties of the partition.
#[derive(Clone, PartialEq)]
pub struct PartitionProps {
    /// The cluster.
    pub picture: Rc<ClusterModel>,
}

part!(PartitionProps, use_partition);

/// The form.
#[hook]
fn use_partition(props: &PartitionProps) -> Html {
    let desk = desk();
    let group_of = use_kept(|| [0usize; SERVERS_MAX]);
    let groups = groups(&props.picture, &group_of);
    let parts = groups.len() > 1;
    let onsubmit = {
        let groups = groups.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if parts {
                let groups = groups.iter().map(|group| Servers::Named(*group)).collect();
                desk.say(Action::CloseDialog);
                desk.player.act(Act::Partition(groups));
            }
        })
    };
    let row = |server: &crate::ui::view::ServerModel| {
        let id = server.id;
        let choice = |(place, name): (usize, &&'static str)| {
            let checked = group_of[id.slot()] == place;
            let group_of = group_of.clone();
            let onchange = Callback::from(move |event: Event| {
                if dom::checked_of(&event) {
                    let mut changed = *group_of;
                    changed[id.slot()] = place;
                    group_of.set(changed);
                }
            });
            html! {
                <label class="choice">
                    <input type="radio" name={format!("group-{id}")} {checked} {onchange} />
                    { format!("Group {name}") }
                </label>
            }
        };
        html! {
            <fieldset key={id.number()}>
                <legend>{ text::server(id) }<small>{ server.state() }</small></legend>
                { for GROUPS.iter().enumerate().map(choice) }
            </fieldset>
        }
    };
    let outcome = if parts {
        let names: Vec<String> = groups.iter().map(|group| text::servers(*group)).collect();
        names.join("  |  ")
    } else {
        text::PARTITION_ONE.to_string()
    };
    html! {
        <form {onsubmit}>
            <p>{ text::PARTITION_MEANS }</p>
            <div class="groups">{ for props.picture.servers.iter().map(row) }</div>
            <p class="outcome" role="status">{ outcome }</p>
            <button type="submit" class="primary" aria-disabled={(!parts).then_some("true")}>{ "Partition the servers" }</button>
        </form>
    }
}

/// The groups that hold somebody.
fn groups(picture: &ClusterModel, group_of: &[usize; SERVERS_MAX]) -> Vec<ServerSet> {
    (0..GROUPS.len())
        .map(|group| {
            let members = picture.servers.iter().map(|server| server.id);
            members.filter(|id| group_of[id.slot()] == group).collect::<ServerSet>()
        })
        .filter(|group| !group.is_empty())
        .collect()
}

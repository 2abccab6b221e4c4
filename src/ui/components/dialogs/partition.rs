//! The form that partitions the servers: the alternative to the line across the ring.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::{SERVERS_MAX, ServerId, ServerSet};
use crate::sim::{Act, Servers};
use crate::ui::context::use_page;
use crate::ui::platform::dom;
use crate::ui::state::Action;
use crate::ui::text;
use crate::ui::view::ServerModel;

const GROUPS: [&str; 3] = ["A", "B", "C"];

/// The group of each server, as an index into [`GROUPS`].
type GroupOf = [usize; SERVERS_MAX];

#[derive(PartialEq, Properties)]
pub struct PartitionDialogProps {
    pub servers: Rc<Vec<ServerModel>>,
}

#[component]
pub fn PartitionDialog(props: &PartitionDialogProps) -> Html {
    let group_of = use_state_eq(|| -> GroupOf { [0; SERVERS_MAX] });
    let groups = groups(&props.servers, &group_of);
    let is_partition = groups.len() > 1;
    let onsubmit = {
        let groups = groups.clone();
        use_page().callback(move |page, event: SubmitEvent| {
            event.prevent_default();
            if is_partition {
                let groups = groups.iter().map(|group| Servers::Named(*group)).collect();
                page.dispatch(Action::CloseDialog);
                page.player.act(Act::Partition(groups));
            }
        })
    };
    let outcome = if is_partition {
        let groups: Vec<String> = groups.iter().map(|group| text::servers(*group)).collect();
        groups.join("  |  ")
    } else {
        text::PARTITION_ONE.to_owned()
    };
    let choice = |server: &ServerModel| group_choice(server, &group_of);
    html! {
        <form {onsubmit}>
            <p>{ text::PARTITION_MEANS }</p>
            <div class="groups">{ for props.servers.iter().map(choice) }</div>
            <p class="outcome" role="status">{ outcome }</p>
            <button
                type="submit"
                class="primary"
                aria-disabled={(!is_partition).then_some("true")}
            >
                { "Partition the servers" }
            </button>
        </form>
    }
}

fn group_choice(server: &ServerModel, group_of: &UseStateHandle<GroupOf>) -> Html {
    let id = server.id;
    let choice = |(group, name): (usize, &'static str)| {
        let group_of = group_of.clone();
        let checked = group_of[id.slot()] == group;
        let onchange = Callback::from(move |event: Event| {
            if dom::checked_of(&event) {
                let mut changed = *group_of;
                changed[id.slot()] = group;
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
            <legend>
                { text::server(id) }
                <small>{ server.state() }</small>
            </legend>
            { for GROUPS.into_iter().enumerate().map(choice) }
        </fieldset>
    }
}

/// The groups that have members.
fn groups(servers: &[ServerModel], group_of: &GroupOf) -> Vec<ServerSet> {
    let members = |group: usize| {
        let in_group = |id: &ServerId| group_of[id.slot()] == group;
        servers.iter().map(|server| server.id).filter(in_group).collect::<ServerSet>()
    };
    (0..GROUPS.len()).map(members).filter(|group| !group.is_empty()).collect()
}

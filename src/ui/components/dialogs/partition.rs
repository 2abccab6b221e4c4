//! The sheet that partitions the servers: the alternative to the line across the ring. The stage
//! stays in sight and shows the chosen groups; there, a click moves a server.

use std::rc::Rc;

use yew::prelude::*;

use crate::raft::{ServerId, ServerSet};
use crate::ui::context::{PageContext, use_page, use_permissions};
use crate::ui::platform::dom;
use crate::ui::state::{Action, PartitionDraft};
use crate::ui::text;
use crate::ui::view::{
    ClusterModel, PartitionPlan, PartitionPreset, ServerModel, draft_of, partition_plan,
    partition_presets,
};

/// The smallest number of groups that can be chosen.
const GROUPS_MIN: u8 = 3;
/// The id of the sentence that says why no partition is allowed now.
const REFUSED_ID: &str = "partition-refused";
/// The text that says what the button would do, or why it would do nothing.
const OUTCOME: &str = "partition-outcome";

#[derive(PartialEq, Properties)]
pub struct PartitionDialogProps {
    pub cluster: Rc<ClusterModel>,
    /// The groups that were chosen; `None` for those that there are.
    pub draft: Option<PartitionDraft>,
}

#[component]
pub fn PartitionDialog(props: &PartitionDialogProps) -> Html {
    let page = use_page();
    let cluster = &props.cluster;
    let draft = props.draft.unwrap_or_else(|| draft_of(&cluster.sides));
    let all: ServerSet = cluster.servers.iter().map(|server| server.id).collect();
    let groups = draft.groups(all);
    let plan = partition_plan(&cluster.links, &cluster.sides, &groups);
    let permissions = use_permissions();
    let refusal = plan.acts.iter().find_map(|act| permissions.refusal_of(act));
    let is_refused = refusal.is_some();
    let onsubmit = {
        let acts = plan.acts.clone();
        page.callback(move |page, event: SubmitEvent| {
            event.prevent_default();
            if !acts.is_empty() && !is_refused {
                page.dispatch(Action::CloseDialog);
                acts.iter().all(|act| page.player.act(act.clone()));
            }
        })
    };
    let now = match cluster.sides.as_slice() {
        [] => text::PARTITION_NONE_NOW.to_owned(),
        sides => text::partition_now(sides.iter().map(|side| side.servers)),
    };
    let group_count = groups.len().max(usize::from(GROUPS_MIN)) as u8;
    let choice = |server: &ServerModel| group_choice(&page, server, draft, group_count);
    let presets = partition_presets(all, cluster.leader);
    html! {
        <form {onsubmit}>
            <p>{ text::PARTITION_MEANS }</p>
            <p class="quiet">{ now }</p>
            <div class="choices">
                { for presets.into_iter().map(|preset| preset_button(&page, preset)) }
            </div>
            <div class="groups">{ for cluster.servers.iter().map(choice) }</div>
            { outcome(&groups, &plan) }
            if let Some(refusal) = refusal {
                <p class="not-allowed" id={REFUSED_ID}>{ text::sentence(&refusal) }</p>
            }
            <button
                type="submit"
                class="primary"
                aria-disabled={(plan.acts.is_empty() || is_refused).then_some("true")}
                aria-describedby={if is_refused { REFUSED_ID } else { OUTCOME }}
            >
                { "Partition the servers" }
            </button>
        </form>
    }
}

/// What the button would do, before it is pressed.
fn outcome(groups: &[ServerSet], plan: &PartitionPlan) -> Html {
    let is_partition = groups.len() > 1;
    let shown = match is_partition {
        true => text::groups(groups.iter().copied()),
        false => text::PARTITION_ONE.to_owned(),
    };
    html! {
        <div class="outcome" role="status" id={OUTCOME}>
            <p>{ shown }</p>
            if is_partition && plan.acts.is_empty() {
                <p class="quiet">{ text::PARTITION_IS_SO }</p>
            } else if is_partition {
                <p class="quiet heals">{ text::partition_heals(&plan.heals) }</p>
            }
            if !plan.keeps.is_empty() {
                <p class="quiet keeps">{ text::partition_keeps(&plan.keeps) }</p>
            }
        </div>
    }
}

fn preset_button(page: &PageContext, preset: PartitionPreset) -> Html {
    let PartitionPreset { name, groups } = preset;
    let reason = groups.as_ref().err().copied();
    let onclick = page.callback(move |page, _: MouseEvent| {
        if let Ok(groups) = &groups {
            page.dispatch(Action::Group(PartitionDraft::of(groups.iter().copied())));
        }
    });
    html! {
        <button
            key={name}
            type="button"
            aria-disabled={reason.map(|_| "true")}
            title={reason}
            {onclick}
        >
            { name }
            if let Some(reason) = reason {
                <small>{ " " }{ reason }</small>
            }
        </button>
    }
}

fn group_choice(
    page: &PageContext,
    server: &ServerModel,
    draft: PartitionDraft,
    group_count: u8,
) -> Html {
    let id = server.id;
    let choice = |group: u8| {
        let checked = draft.group_of(id) == group;
        let onchange = page.callback(move |page, event: Event| {
            if dom::checked_of(&event) {
                page.dispatch(Action::Regroup { server: id, group, present: draft });
            }
        });
        html! {
            <label class="choice">
                <input type="radio" name={group_name(id)} {checked} {onchange} />
                { text::group(group) }
            </label>
        }
    };
    html! {
        <fieldset key={id.number()}>
            <legend>
                { text::server(id) }
                <small>{ server.state() }</small>
            </legend>
            { for (0..group_count).map(choice) }
        </fieldset>
    }
}

fn group_name(id: ServerId) -> String {
    format!("group-{id}")
}

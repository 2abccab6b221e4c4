//! The list of actions, section by section.

use crate::raft::{Rule, ServerId};
use crate::script::Permissions;
use crate::sim::{Act, Servers, Setting};
use crate::ui::player::{CONDITION, GOALS};
use crate::ui::state::{Action, Dialog, SingleExport, Tab, Theme, UiState};
use crate::ui::text;
use crate::ui::view::{ClusterModel, LinkState};

use super::language::{statements, terms};
use super::{ActionSection, PageAction, PageCommand};

/// Everything that can be done on the page now. `menus` are the items of all menus.
pub fn page_actions(
    ui: &UiState,
    cluster: &ClusterModel,
    menus: Vec<PageAction>,
) -> Vec<PageAction> {
    let mut actions = time(cluster);
    actions.extend(servers(cluster));
    actions.extend(network(cluster));
    actions.extend(menus);
    actions.extend(page(ui));
    actions.extend(rules(cluster));
    actions.extend(statements());
    actions.extend(terms());
    actions.into_iter().map(|action| permitted(action, &cluster.permissions)).collect()
}

/// Unavailable where a narration does not allow it.
fn permitted(action: PageAction, permissions: &Permissions) -> PageAction {
    let refusal = match &action.command {
        PageCommand::Perform(act) => permissions.refusal_of(act),
        PageCommand::Change(Action::Open(Dialog::Partition)) => permissions.refusal("partition"),
        _ => None,
    };
    match refusal {
        Some(refusal) => action.unless(Some(&refusal)),
        None => action,
    }
}

fn time(cluster: &ClusterModel) -> Vec<PageAction> {
    let action = |name: &str, command| PageAction::new(ActionSection::Time, name, command);
    let play = if cluster.pace.playing { text::PAUSE } else { text::PLAY };
    let mut actions = vec![
        action(play, PageCommand::TogglePlay),
        action(text::NEXT_EVENT, PageCommand::NextEvent),
        action(text::PREVIOUS_EVENT, PageCommand::PreviousEvent),
        action(text::SKIP, PageCommand::Skip),
    ];
    // The last goals need a condition or a moment, which is typed beside the time slider.
    for (goal, name) in GOALS.iter().enumerate().take(CONDITION) {
        for (word, ahead) in [("Next", true), ("Previous", false)] {
            actions.push(action(&format!("{word} {name}"), PageCommand::Jump { goal, ahead }));
        }
    }
    let adaptive = cluster.pace.adaptive;
    let pace = text::toggled(text::ADAPTIVE, adaptive);
    actions.extend([
        action(text::FASTER, PageCommand::Faster),
        action(text::SLOWER, PageCommand::Slower),
        action(&pace, PageCommand::SetAdaptive(!adaptive)).meaning(text::ADAPTIVE_MEANS),
        action(text::UNDO, PageCommand::Undo),
        action(text::REDO, PageCommand::Redo),
        action(text::RESET, PageCommand::Reset).meaning(text::RESET_MEANS),
        action(text::NEW_CLUSTER, PageCommand::OpenNew).meaning(text::NEW_MEANS),
    ]);
    actions
}

fn network(cluster: &ClusterModel) -> Vec<PageAction> {
    let action = |name: &str, command| PageAction::new(ActionSection::Network, name, command);
    let perform = |name: &str, act| action(name, PageCommand::Perform(act));
    let healthy = cluster.links.iter().all(|link| link.state == LinkState::Up);
    let no_leader = cluster.leader.is_none().then_some(text::NO_LEADER);
    let minority = cluster.leader.map(|leader| {
        let follower = cluster.servers.iter().map(|server| server.id).find(|id| *id != leader);
        Servers::Named([leader].into_iter().chain(follower).collect())
    });
    let groups = vec![minority.unwrap_or(Servers::Leader), Servers::Others];
    vec![
        action(text::OPEN_PARTITION, PageCommand::Change(Action::Open(Dialog::Partition))),
        perform(text::PARTITION_LEADER, Act::Partition(groups))
            .unless(no_leader.or((cluster.servers.len() < 3).then_some(text::TOO_FEW_SERVERS))),
        perform(text::ISOLATE_LEADER, Act::Isolate(Servers::Leader)).unless(no_leader),
        perform(text::HEAL_ALL, Act::Heal(None)).unless(healthy.then_some(text::NOTHING_CUT)),
        perform(text::CRASH_LEADER, Act::Crash(Servers::Leader)).unless(no_leader),
        perform(text::RESTART_ALL, Act::Restart(Servers::All)),
    ]
}

/// The digits move to the servers.
fn servers(cluster: &ClusterModel) -> impl Iterator<Item = PageAction> {
    let ids: Vec<ServerId> = cluster.servers.iter().map(|server| server.id).collect();
    ids.into_iter().map(|id| {
        let command = PageCommand::FocusServer(id);
        PageAction::new(ActionSection::Cluster, text::go_to_server(id), command)
    })
}

fn page(ui: &UiState) -> Vec<PageAction> {
    let change = |name: String, action| {
        PageAction::new(ActionSection::Page, name, PageCommand::Change(action))
    };
    let dialogs = [
        Dialog::Share,
        Dialog::Export,
        Dialog::Compare,
        Dialog::Settings,
        Dialog::Help,
        Dialog::Keys,
        Dialog::Legend,
        Dialog::Glossary(None),
    ];
    let mut actions: Vec<PageAction> = Vec::new();
    let differ = PageAction::new(
        ActionSection::Page,
        text::TO_FIRST_DIFFERENCE,
        PageCommand::FirstDifference,
    );
    actions.push(differ.unless(ui.compared.is_none().then_some(text::NOTHING_COMPARED)));
    actions.extend(SingleExport::ALL.map(single_export));
    actions.extend(Tab::ALL.map(|tab| change(text::show_tab(tab), Action::Show(tab))));
    let open = |dialog| change(text::dialog(dialog).to_owned(), Action::Open(dialog));
    actions.extend(dialogs.map(open));
    let challenge = Action::Open(Dialog::MakeChallenge);
    let challenge = change(text::MAKE_CHALLENGE_HERE.to_owned(), challenge);
    actions.push(challenge.meaning(text::MAKE_CHALLENGE_MEANS));
    for theme in [Theme::System, Theme::Light, Theme::Dark] {
        let chosen = (ui.theme == theme).then_some(text::ALREADY_SO);
        actions.push(change(text::theme(theme).to_owned(), Action::SetTheme(theme)).unless(chosen));
    }
    let present = change(text::present(ui.presenting).to_owned(), Action::Present(!ui.presenting));
    actions.push(present.meaning(text::PRESENT_MEANS));
    let legend = text::toggled(text::LEGEND_ON_PAGE, ui.legend);
    actions.push(change(legend, Action::ShowLegend(!ui.legend)));
    let keys = text::toggled(text::SINGLE_KEYS, ui.shortcuts);
    actions.push(change(keys, Action::SetShortcuts(!ui.shortcuts)));
    actions
}

fn single_export(export: SingleExport) -> PageAction {
    let (name, command) = (text::single_export(export), PageCommand::Export(export));
    PageAction::new(ActionSection::Page, name, command).meaning(text::export_means(export))
}

fn rules(cluster: &ClusterModel) -> impl Iterator<Item = PageAction> {
    let settings = cluster.settings.clone();
    let servers: Vec<ServerId> = cluster.servers.iter().map(|server| server.id).collect();
    Rule::ALL.into_iter().map(move |rule| {
        let on = servers.iter().all(|id| settings.rules[id.slot()].on(rule));
        let act = Act::Set(Setting::Rule { rule, on: !on, server: None });
        let name = text::toggled(&text::rule_named(rule), on);
        PageAction::new(ActionSection::Rules, name, PageCommand::Perform(act))
            .meaning(text::rule_means(rule, None))
    })
}

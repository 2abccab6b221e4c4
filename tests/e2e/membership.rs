//! Membership changes and snapshots through a server's menu.

use crate::cluster::{visit_with_leader, wait_for_state};

#[test]
fn a_server_is_removed_and_added_again_through_its_menu() {
    visit_with_leader(|page, leader, _| {
        page.eval("raftarium.exec('set x 1')");
        wait_for_state(page, "state.servers.every(s => s.values.x === '1')");
        let other = if leader == "s1" { "S2" } else { "S1" };
        page.click_starting("button", &format!("{other}, follower"));
        page.click("menuitem", "Remove from the cluster");
        wait_for_state(
            page,
            &format!(
                "state.servers.every(s => s.members.length === 4 && !s.members.includes('{}'))",
                other.to_lowercase()
            ),
        );
        page.click_starting("button", &format!("{other}, follower"));
        page.click("menuitem", "Add as a learner");
        wait_for_state(page, "state.servers.some(s => s.role === 'learner')");
        page.click_starting("button", &format!("{other}, learner"));
        page.click("menuitem", "Promote to a voter");
        wait_for_state(page, "state.servers.every(s => s.members.length === 5)");
    });
}

#[test]
fn a_compacted_log_is_sent_as_a_snapshot() {
    visit_with_leader(|page, leader, _| {
        let other = if leader == "s1" { "s2" } else { "s1" };
        page.eval(&format!("raftarium.exec('crash {other}')"));
        page.eval("raftarium.exec('set x 1')");
        let leads = format!("state.servers.find(s => s.id === '{leader}')");
        wait_for_state(page, &format!("{leads}.values.x === '1'"));
        page.click_starting("button", &format!("{}, leader", leader.to_uppercase()));
        page.click("menuitem", "Take a snapshot");
        wait_for_state(page, &format!("{leads}.snapshot > 1 && {leads}.log.length === 0"));
        page.eval(&format!("raftarium.exec('wipe {other}')"));
        page.eval(&format!("raftarium.exec('restart {other}')"));
        wait_for_state(
            page,
            &format!(
                "state.servers.find(s => s.id === '{other}').snapshot > 1 && \
                 state.servers.every(s => s.values.x === '1')"
            ),
        );
    });
}

//! Actions on the cluster, by mouse and keyboard, and their effects.

use serde_json::Value;

use crate::harness::{Page, visit};

/// The live leader of the highest term, as a JavaScript expression over `state`.
const LEADER: &str = "(state => state.servers.filter(s => s.alive && s.role === 'leader')\
                      .sort((a, b) => b.term - a.term)[0])";

pub fn state(page: &Page) -> Value {
    page.eval("raftarium.state()")
}

/// Waits for a leader in a term above `above_term`. Returns its name and term.
pub fn wait_for_leader(page: &Page, above_term: u64) -> (String, u64) {
    let found = format!("{LEADER}(await raftarium.state())");
    page.wait_for(&format!(
        "await (async () => {{ const l = {found}; return l && l.term > {above_term} }})()"
    ));
    let leader = page.eval(&format!("(async () => {found})()"));
    let name = leader["id"].as_str().expect("a leader has a name").to_owned();
    (name, leader["term"].as_u64().expect("a leader has a term"))
}

/// Waits until an expression over `state` is true.
pub fn wait_for_state(page: &Page, condition: &str) {
    let check = format!(
        "await (async () => {{ const state = await raftarium.state(); return {condition} }})()"
    );
    page.wait_for(&check);
}

/// Opens the page at full speed, with a leader.
pub fn visit_with_leader(test: impl FnOnce(&Page, String, u64)) {
    visit(|page| {
        page.eval("raftarium.speed(1)");
        let (leader, term) = wait_for_leader(page, 0);
        test(page, leader, term);
    });
}

#[test]
fn the_first_leader_is_elected_within_three_seconds_at_the_opening_pace() {
    visit(|page| {
        page.before_each_start(
            "addEventListener('raftarium', ({ detail }) => {
                 if (detail.type === 'ready') window.opening = detail.time;
                 if (detail.type === 'leader') window.election ??= detail.time - opening;
             })",
        );
        page.go("?again");
        page.wait_for("window.election");
        let speed = state(page)["speed"].as_f64().expect("a speed");
        let took_s = page.eval("election").as_f64().expect("a time") / 1e6 / speed;
        assert!(took_s < 3.0, "{took_s} s at speed {speed}");
    });
}

#[test]
fn after_a_crash_of_the_leader_through_its_menu_another_leads() {
    visit_with_leader(|page, leader, term| {
        page.click_starting("button", &format!("{}, leader", leader.to_uppercase()));
        page.click("menuitem", "Crash");
        let (next, _) = wait_for_leader(page, term);
        assert_ne!(next, leader);
        page.wait_for_starting("button", &format!("{}, crashed", leader.to_uppercase()));
    });
}

#[test]
fn a_minority_leader_gets_a_rival_and_steps_down_after_the_partition_heals() {
    visit_with_leader(|page, leader, term| {
        page.click("button", "Partition");
        put_all_but_two_into_group_b(page, &leader);
        page.click("button", "Partition the servers");
        let second = format!(
            "state.servers.some(s => s.role === 'leader' && s.term > {term}) && \
             state.servers.some(s => \
                 s.id === '{leader}' && s.role === 'leader' && s.term === {term})"
        );
        wait_for_state(page, &second);
        page.click("button", "Heal");
        let one = format!(
            "state.servers.filter(s => s.role === 'leader').length === 1 && \
             state.servers.every(s => s.term > {term}) && \
             state.servers.some(s => s.id === '{leader}' && s.role === 'follower')"
        );
        wait_for_state(page, &one);
    });
}

/// In the open partition dialog, leaves the leader and one more server in group A.
fn put_all_but_two_into_group_b(page: &Page, leader: &str) {
    let count = page.eval(&format!(
        "(() => {{ const rows = [...document.querySelectorAll('dialog fieldset')]; \
         const of = row => row.querySelector('legend').firstChild.textContent.toLowerCase(); \
         const others = rows.filter(row => of(row) !== '{leader}').slice(1); \
         others.forEach(row => row.querySelectorAll('input')[1].click()); \
         return others.length }})()"
    ));
    assert_eq!(count, 3);
}

#[test]
fn a_line_across_the_ring_partitions_the_servers() {
    visit_with_leader(|page, _, _| {
        let box_of = |number: usize, side: &str| {
            let server = format!("document.querySelector('[data-server=\"{number}\"]')");
            page.eval(&format!("{server}.getBoundingClientRect().{side}"))
                .as_f64()
                .expect("a place")
        };
        let y = (box_of(1, "bottom") + box_of(2, "top")) / 2.0;
        let left = box_of(5, "left");
        page.drag((left - 20.0, y), (box_of(2, "right") + 20.0, y));
        wait_for_state(
            page,
            "state.links.filter(l => /^s/.test(l.from) && /^s/.test(l.to)).every(l => \
             l.up === ((l.from === 's1') === (l.to === 's1')))",
        );
    });
}

#[test]
fn a_command_is_committed_and_shown_on_every_server() {
    visit_with_leader(|page, _, _| {
        page.click("tab", "Clients");
        page.click("button", "Send command");
        wait_for_state(
            page,
            "state.clients[0].operations.some(o => o.answer === 'ok') && \
             state.servers.every(s => s.values.x === '1')",
        );
        page.wait_for(
            "[...document.querySelectorAll('table[aria-label=Logs] td.committed')]\
             .filter(cell => cell.textContent.includes('x←1')).length === 5",
        );
        page.click("tab", "Stores");
        page.wait_for(
            "[...document.querySelectorAll('table[aria-label=\"State machines\"] tbody td')]\
             .filter(cell => cell.textContent === '1').length === 5",
        );
    });
}

#[test]
fn a_typed_command_is_sent_and_a_wrong_one_is_explained() {
    visit_with_leader(|page, _, _| {
        page.focus("textbox", "Command");
        page.type_text("crash leder");
        page.press("Enter");
        page.wait_for("document.querySelector('.command-row [role=alert]')");
        page.eval("document.querySelector('.command-line input').value = ''");
        page.type_text("set y 7");
        page.press("Enter");
        wait_for_state(page, "state.servers.every(s => s.alive && s.values.y === '7')");
    });
}

#[test]
fn only_the_visible_part_of_a_log_of_thousands_of_entries_is_drawn() {
    visit(|page| {
        let entries = "1 ".repeat(20_000);
        page.eval(&format!("raftarium.load('servers 3\\ngiven s1 term 1 log {entries}\\n')"));
        let drawn = "document.querySelectorAll('table[aria-label=Logs] td.entry').length";
        page.wait_for(&format!("{drawn} > 5 && {drawn} < 60"));
        page.eval("document.querySelector('.logs-scroll').scrollLeft = 600000");
        page.wait_for(
            "[...document.querySelectorAll('table[aria-label=Logs] thead th')]\
             .some(head => Math.abs(Number(head.textContent) - 10000) < 15)",
        );
    });
}

#[test]
fn every_action_works_by_keyboard_alone() {
    visit_with_leader(|page, leader, term| {
        // A digit goes to the server; its menu opens and is walked by keys.
        page.press(leader.trim_start_matches('s'));
        page.press("Enter");
        page.wait_for("document.activeElement.textContent.startsWith('Crash')");
        page.press("Enter");
        let (next, next_term) = wait_for_leader(page, term);
        wait_for_state(page, &format!("state.servers.some(s => s.id === '{leader}' && !s.alive)"));
        // What applies comes first: of a crashed server, Restart.
        page.press(leader.trim_start_matches('s'));
        page.press("Enter");
        page.wait_for("document.activeElement.textContent.startsWith('Restart')");
        page.press("Enter");
        wait_for_state(page, "state.servers.every(s => s.alive)");
        // The partition dialog: arrow keys change a server's group.
        page.tab_to("e.textContent === 'Partition'");
        page.press("Enter");
        let row =
            |name: &str| format!("e.name === 'group-{name}' && e.closest('dialog') && e.checked");
        page.tab_to(&row(&next));
        page.press("ArrowRight");
        page.tab_to("e.textContent === 'Partition the servers'");
        page.press("Enter");
        wait_for_state(
            page,
            &format!("state.servers.some(s => s.role === 'leader' && s.term > {next_term})"),
        );
        page.tab_to("e.textContent === 'Heal'");
        page.press("Enter");
        wait_for_state(page, "state.servers.filter(s => s.role === 'leader').length === 1");
        // A command.
        page.tab_to("e.role === 'tab' || e.getAttribute('role') === 'tab'");
        while page.eval("document.activeElement.textContent") != "Clients" {
            page.press("ArrowRight");
        }
        page.tab_to("e.textContent === 'Send command'");
        page.press("Enter");
        wait_for_state(page, "state.servers.every(s => s.values.x === '1')");
        // The focus is where it was, through all the redrawing.
        assert_eq!(page.eval("document.activeElement.textContent"), "Send command");
    });
}

#[test]
fn a_violation_stops_the_page_and_is_explained() {
    visit(|page| {
        page.eval(
            "raftarium.load('servers 3\\nrule majority off\\nelection-timeout 150ms..300ms\\n')",
        );
        page.eval(
            "(async () => { await raftarium.speed(10); \
                   await raftarium.exec('partition s1 | s2 | s3'); await raftarium.play() })()",
        );
        wait_for_state(page, "state.violations.length > 0 && !state.playing");
        page.wait_for("document.querySelector('.violation h2')");
        assert!(page.has("button", "Show the event and its causes"));
    });
}

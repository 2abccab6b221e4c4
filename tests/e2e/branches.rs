//! The branches as a tree over time: each line begins where it parts from another.

use serde_json::json;

use crate::harness::{Page, visit};

/// Acts at a moment of the past, so that a branch begins.
fn act_at(page: &Page, time_us: u64, line: &str, branches: usize) {
    page.eval(&format!("raftarium.seek({time_us})"));
    page.wait_for(&format!("(await raftarium.state()).time === {time_us}"));
    page.eval(&format!("raftarium.exec({})", json!(line)));
    page.wait_for(&format!("document.querySelectorAll('.branch-tree > g').length === {branches}"));
}

#[test]
fn each_branch_is_a_line_that_begins_where_it_parts() {
    visit(|page| {
        page.eval("raftarium.load('seed 4\\nlatency 15ms\\nrun 1s\\n')");
        page.eval("raftarium.run()");
        page.wait_for("(await raftarium.state()).time === 1000000");
        page.click("tab", "Branches");
        page.wait_for("document.querySelector('.branches')");
        assert_eq!(page.eval("document.querySelector('.branch-tree')"), json!(null));
        act_at(page, 500_000, "crash s1", 2);
        act_at(page, 250_000, "crash s2", 3);
        let words = "document.querySelector('.branch-tree[role=img]').ariaLabel";
        page.wait_for(&format!("{words}.includes('parts from main at 0.500 s')"));
        page.wait_for(&format!(
            "{words}.includes('the current branch, parts from main at 0.250 s')"
        ));
        // Half as far along the line of the trunk, which ends at 1 s, and the current one is bold.
        let starts = "(() => {
            const number = path => path.getAttribute('d').slice(1).split(/[ VH]/).map(Number);
            const paths = [...document.querySelectorAll('.branch-tree path')];
            const [trunk, ...others] = paths.map(number);
            const [left, , right] = trunk;
            return others.map(([x]) => Math.round((x - left) / (right - left) * 100)).sort();
        })()";
        assert_eq!(page.eval(starts), json!([25, 50]));
        let named = "document.querySelector('.branch-tree .this text').textContent";
        assert_eq!(page.eval(named), json!("branch 2 (current)"));
        let fits = "[...document.querySelectorAll('.branch-tree text')].every(text =>
            text.getBoundingClientRect().right <=
                document.querySelector('.branch-tree').getBoundingClientRect().right)";
        page.wait_for(fits);
        page.click("button", "Return to main");
        page.wait_for_value(named, "main (current)");
    });
}

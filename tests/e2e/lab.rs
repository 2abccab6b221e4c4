//! The lab: experiments in workers, their progress, and what they measured.

use raftarium::lab::experiment::{Design, Experiment, ResultTable, TrialTally, run_on_threads};
use raftarium::sim::{MS, Span};
use serde_json::json;

use crate::accessibility::nothing_is_found_here;
use headless_chrome::browser::tab::ModifierKey;

use crate::harness::{Page, visit, visit_with_script};
use crate::session::wait_for_text;

/// Keeps what the page saves, instead of downloading it.
const KEEP_SAVED: &str = "
    window.saved = [];
    let newest;
    const make = URL.createObjectURL;
    URL.createObjectURL = blob => { newest = blob; return make.call(URL, blob); };
    HTMLAnchorElement.prototype.click = function () {
        saved.push({ name: this.download, blob: newest });
    };
";
/// What the page says of the newest experiment once it is over.
const OVER: &str = "(document.querySelector('.lab-progress [role=status]')?.innerText ?? '')";

pub fn open(page: &Page) {
    page.click("tab", "Lab");
    page.wait_for("document.querySelector('.lab-form')");
}

fn choose(page: &Page, place: usize, value: &str) {
    page.eval(&format!(
        "(() => {{
            const select = document.querySelectorAll('.lab-form select')[{place}];
            select.value = {};
            select.dispatchEvent(new Event('change', {{ bubbles: true }}));
        }})()",
        json!(value)
    ));
}

fn fill(page: &Page, name: &str, value: &str) {
    page.focus("textbox", name);
    page.eval("document.activeElement.select()");
    match value {
        "" => page.press("Delete"),
        value => page.type_text(value),
    }
}

fn run_to_its_end(page: &Page) {
    page.click("button", "Run the experiment");
    page.wait_for(&format!("{OVER}.includes('trials ran in')"));
}

pub fn run_split_votes(page: &Page) {
    choose(page, 0, "split-votes");
    fill(page, "Trials of each series", "300");
    run_to_its_end(page);
}

#[test]
fn nothing_of_the_lab_is_there_before_it_is_opened() {
    let fetched = "performance.getEntriesByType('resource')
        .filter(({ name }) => /\\/lab(_bg)?\\.(js|wasm)/.test(name)).length";
    visit(|page| {
        assert_eq!(page.eval("document.querySelectorAll('.lab').length"), 0);
        assert_eq!(page.eval(fetched), 0);
        open(page);
        assert_eq!(page.eval(fetched), 2);
        assert_eq!(page.eval("document.querySelectorAll('.lab').length"), 1);
        assert_eq!(page.eval("document.querySelectorAll('.lab-results').length"), 0);
        nothing_is_found_here(page, "the lab's form");
    });
}

#[test]
fn a_lab_that_does_not_load_is_tried_again() {
    let fail_once = "
        const load = fetch;
        let failures = 1;
        window.fetch = (...request) => String(request[0]).includes('lab_bg.wasm') && failures-- > 0
            ? Promise.reject(new TypeError('no network')) : load(...request);
    ";
    visit_with_script(fail_once, |page| {
        page.click("tab", "Lab");
        wait_for_text(page, "[role=alert]", "The lab could not be loaded: no network");
        page.click("button", "Try again");
        page.wait_for("document.querySelector('.lab-form')");
        page.click("tab", "Sandbox");
        page.wait_for("document.querySelector('#lab').hidden");
    });
}

#[test]
fn a_small_figure_16_has_the_figures_of_the_command_line() {
    visit_with_script(KEEP_SAVED, |page| {
        open(page);
        fill(page, "Ranges of election timeouts, one in each line", "150ms..155ms");
        page.press("Enter");
        page.type_text("12ms..24ms");
        fill(page, "Trials of each series", "40");
        run_to_its_end(page);
        page.click("button", "CSV");
        page.wait_for("saved.length === 1");
        let saved = page.eval("saved[0].blob.text().then(text => [saved[0].name, text])");
        let design =
            Design::Elections(vec![Span::new(150 * MS, 155 * MS), Span::new(12 * MS, 24 * MS)]);
        let experiment = Experiment { design, trials: 40, seed: 1 };
        let series = experiment.series().expect("it fits");
        let results = run_on_threads(experiment, &series, 1, &TrialTally::default());
        let csv = ResultTable::new(&results).csv();
        assert_eq!(saved, json!(["raftarium-elections.csv", csv]));
        // Two curves of ours, two published ones.
        assert_eq!(page.eval("document.querySelectorAll('.plot .plot-line').length"), 4);
        assert_eq!(page.eval("document.querySelectorAll('.lab-table .published').length"), 2);
        let finding = page.eval("document.querySelector('.lab-finding').innerText");
        assert!(
            finding.as_str().is_some_and(|text| text.contains("lowest with 12ms..24ms")),
            "{finding}"
        );
        page.click("button", "SVG");
        page.click("button", "PNG");
        page.wait_for("saved.length === 3");
        assert_eq!(page.eval("saved[1].name"), "raftarium-elections.svg");
        assert_eq!(page.eval("saved[2].name"), "raftarium-elections.png");
        let svg = page.eval("saved[1].blob.text()");
        assert!(svg.as_str().is_some_and(|svg| svg.contains("150ms..155ms, published")), "{svg}");
        nothing_is_found_here(page, "figure 16");
    });
}

#[test]
fn an_experiment_is_cancelled_and_another_runs() {
    visit(|page| {
        open(page);
        begin_a_long_experiment(page);
        page.click("button", "Cancel");
        page.wait_for(&format!("{OVER}.startsWith('You cancelled after')"));
        assert!(page.has("table", "Table of results"), "what was measured so far stays");
        run_split_votes(page);
        // Nine cases, ours and the closed form.
        assert_eq!(page.eval("document.querySelectorAll('.plot circle').length"), 18);
    });
}

/// All experiments, by the name that the form gives them.
const KINDS: [&str; 5] = ["elections", "wide-area", "split-votes", "availability", "run"];

#[test]
fn axe_finds_nothing_in_any_form_while_one_runs_and_in_an_error() {
    visit(|page| {
        open(page);
        for kind in KINDS {
            choose(page, 0, kind);
            nothing_is_found_here(page, &format!("the form of {kind}"));
        }
        choose(page, 0, "availability");
        fill(page, "Trials of each series", "0");
        page.click("button", "Run the experiment");
        page.wait_for("document.querySelector('.lab-form [role=alert]')");
        nothing_is_found_here(page, "a wrong field");
        fill(page, "Trials of each series", "100000");
        page.click("button", "Run the experiment");
        page.wait_for("document.querySelector('.lab-progress progress')?.value > 0");
        nothing_is_found_here(page, "a running experiment");
        page.click("button", "Cancel");
        page.wait_for(&format!("{OVER}.startsWith('You cancelled after')"));
        nothing_is_found_here(page, "a cancelled experiment");
    });
}

#[test]
fn the_keyboard_alone_runs_cancels_and_repeats_an_experiment() {
    visit(|page| {
        page.tab_to("e.closest('.sections') && e.ariaSelected === 'true'");
        page.press("End");
        page.wait_for("document.querySelector('.lab-form')?.checkVisibility()");
        page.tab_to("e.matches('.lab-form select')");
        page.press("ArrowDown");
        page.press("ArrowDown");
        page.wait_for("document.querySelector('.lab-form select').value === 'split-votes'");
        let trials = "e.placeholder === '100000'";
        page.tab_to(trials);
        page.type_text("1000000");
        page.press("Enter");
        page.wait_for("document.querySelector('.lab-progress progress')?.value > 0");
        page.tab_to("e.innerText === 'Cancel'");
        page.press("Enter");
        page.wait_for(&format!("{OVER}.startsWith('You cancelled after')"));
        page.tab_to(trials);
        page.press_with("a", &[ModifierKey::Ctrl]);
        page.type_text("300");
        assert_eq!(page.eval("document.activeElement.value"), "300");
        page.tab_to("e.innerText === 'Run the experiment'");
        page.press("Enter");
        page.wait_for(&format!("{OVER}.includes('All 2700 trials ran in')"));
        page.tab_to("e.innerText === 'CSV'");
        page.tab_to("e.matches('.lab-table')");
        page.tab_to("e.matches('.lab-command pre')");
        let command = page.eval("document.activeElement.innerText");
        assert_eq!(
            command,
            "raftarium lab split-votes --servers 5 --down 0,1,2 --latency 0.05,0.1,0.2 \
             --trials 300 --seed 1"
        );
    });
}

#[test]
fn the_lab_fills_a_phone_beside_a_story() {
    visit(|page| {
        page.resize(390, 844);
        page.eval("raftarium.load('title \"A story\"\\nservers 3\\nsay \"It begins.\"\\n')");
        page.wait_for("document.querySelector('.narration')");
        open(page);
        let fits = "document.documentElement.scrollHeight <= innerHeight
            && document.querySelector('.lab').clientHeight > innerHeight * 0.7";
        page.wait_for(fits);
    });
}

#[test]
fn a_phone_has_a_plot_of_its_own_with_readable_letters() {
    visit(|page| {
        page.resize(390, 844);
        open(page);
        choose(page, 0, "availability");
        fill(page, "Trials of each series", "1");
        run_to_its_end(page);
        let boxes = "[...document.querySelectorAll('.plot')].map(e => e.getAttribute('viewBox'))";
        assert_eq!(page.eval(boxes), json!(["0 0 360 340", "0 0 360 340"]));
        let smallest = page.eval(
            "document.querySelector('.plot').getScreenCTM().a *
                Math.min(...[...document.querySelectorAll('.plot text')]
                    .map(text => parseFloat(getComputedStyle(text).fontSize)))",
        );
        assert!(smallest.as_f64().is_some_and(|pixels| pixels >= 10.0), "{smallest} pixels");
        page.resize(1280, 800);
        page.wait_for(&format!("{boxes}[0] === '0 0 720 440'"));
        // Seven settings in two plots; another style sheet must not move the squares.
        let squares = "[...document.querySelectorAll('.plot .plot-square')]";
        assert_eq!(page.eval(&format!("{squares}.length")), 14);
        let still = format!("{squares}.every(e => getComputedStyle(e).transform === 'none')");
        assert_eq!(page.eval(&still), true);
    });
}

#[test]
fn every_experiment_runs_and_axe_finds_nothing() {
    visit(|page| {
        open(page);
        for (kind, trials) in [("wide-area", "20"), ("availability", "1"), ("run", "5")] {
            choose(page, 0, kind);
            fill(page, "Trials of each series", trials);
            run_to_its_end(page);
            nothing_is_found_here(page, kind);
        }
    });
}

#[test]
fn an_experiment_of_ones_own_is_checked_before_it_runs() {
    visit(|page| {
        open(page);
        choose(page, 0, "run");
        fill(page, "Script of each trial", "crsh s1");
        page.click("button", "Run the experiment");
        page.wait_for("document.querySelector('.lab [role=alert]')");
        let error = page.eval("document.querySelector('.lab [role=alert]').innerText");
        assert!(error.as_str().is_some_and(|text| text.contains("did you mean crash")), "{error}");
        fill(page, "Script of each trial", "crash s1");
        fill(page, "Settings of each series, one series in each line", "");
        choose(page, 1, "messages");
        fill(page, "Trials of each series", "3");
        run_to_its_end(page);
        assert!(page.eval("document.querySelector('.lab [role=alert]')").is_null());
    });
}

fn begin_a_long_experiment(page: &Page) {
    choose(page, 0, "availability");
    fill(page, "Trials of each series", "5000");
    page.click("button", "Run the experiment");
    page.wait_for("document.querySelector('.lab-progress progress')?.value > 0");
}

#[test]
fn an_experiment_goes_on_while_the_sandbox_is_shown_and_the_page_draws() {
    visit(|page| {
        open(page);
        begin_a_long_experiment(page);
        page.click("tab", "Sandbox");
        let value = "document.querySelector('.lab-progress progress').value";
        let before = page.eval(value).as_f64().expect("a number");
        page.assert_it_draws();
        page.wait_for(&format!("{value} > {before}"));
        page.click("tab", "Lab");
        page.click("button", "Cancel");
        page.wait_for(&format!("{OVER}.startsWith('You cancelled after')"));
    });
}

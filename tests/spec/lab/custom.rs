//! Experiments of one's own, and the availability, which is one of them.

use raftarium::lab::experiment::{
    Against, Design, Experiment, ExperimentResults, Quantity, ResultTable,
};
use raftarium::script::parse;

use super::results;

fn custom(script: &str, variants: &[&str], quantities: &[Quantity]) -> Design {
    Design::Custom {
        script: Box::new(parse(script).expect("it parses")),
        variants: variants.iter().map(|variant| (*variant).to_owned()).collect(),
        quantities: quantities.to_vec(),
    }
}

fn refusal(script: &str, variant: &str) -> String {
    let design = custom(script, &[variant], &[Quantity::RunTime]);
    Experiment { design, trials: 1, seed: 1 }.series().expect_err("it is refused")
}

fn mean(results: &ExperimentResults, series: usize, column: usize) -> f64 {
    results.series[series].distributions[column].mean().expect("something was measured")
}

const CRASH: &str = "servers 5\nwait leader\nrun 300ms\ncrash leader\nwait leader\n";

#[test]
fn the_last_wait_of_a_script_is_measured() {
    let variants = ["election-timeout 150ms..300ms", "election-timeout 600ms..900ms"];
    let results = results(custom(CRASH, &variants, &[Quantity::LastWait]), 40);
    let (short, long) = (mean(&results, 0, 0), mean(&results, 1, 0));
    assert!((100.0..400.0).contains(&short), "{short}");
    assert!((500.0..1100.0).contains(&long), "{long}");
}

#[test]
fn each_trial_has_a_seed_of_its_own() {
    let results = results(custom(CRASH, &[], &[Quantity::LastWait]), 20);
    let mut times = results.series[0].distributions[0].values().to_vec();
    times.dedup();
    assert!(times.len() > 15, "{times:?}");
}

#[test]
fn every_quantity_is_measured() {
    let script = "servers 3\nclients 1\nlatency 5ms..5ms\nload 10/s keys 2 writes 100%\n\
                  wait leader\nrun 5s\ncrash all\nrun 5s\n";
    let all = results(custom(script, &[], &Quantity::ALL), 4);
    let of = |quantity: Quantity| {
        let column = Quantity::ALL.iter().position(|known| *known == quantity);
        mean(&all, 0, column.expect("it is measured"))
    };
    // The leader sends at once, and a follower replies at once.
    assert!((10.0..11.0).contains(&of(Quantity::CommitLatency)), "{}", of(Quantity::CommitLatency));
    assert!(of(Quantity::AnswerLatency) >= 20.0);
    let run_ms = of(Quantity::RunTime);
    assert!((10_100.0..11_000.0).contains(&run_ms), "{run_ms}");
    // Nobody answers in the second half, of which the last second does not count.
    let availability = of(Quantity::Availability);
    assert!((0.5..0.65).contains(&availability), "{availability}");
    let leaderless = of(Quantity::Leaderless);
    assert!((0.5..0.55).contains(&leaderless), "{leaderless}");
    assert!((100.0..400.0).contains(&of(Quantity::LastWait)));
    assert!((1.0..3.0).contains(&of(Quantity::Terms)));
    assert!(of(Quantity::Messages) > 500.0);
    assert_eq!(of(Quantity::Violations), 0.0);
}

#[test]
fn violated_properties_are_counted() {
    let script = "servers 3\ntimeout s1,s2\nsettle\n";
    let variants = ["rule majority on", "rule majority off"];
    let results = results(custom(script, &variants, &[Quantity::Violations]), 10);
    assert_eq!(mean(&results, 0, 0), 0.0);
    assert!(mean(&results, 1, 0) > 0.0);
}

#[test]
fn a_variant_that_does_not_fit_is_refused() {
    let error = refusal("servers 5\ncrash s5\nrun 1s\n", "servers 3");
    assert!(error.contains("servers 3") && error.contains("s5"), "{error}");
    let error = refusal("run 1s\n", "loss much");
    assert!(error.starts_with("`loss much`: expected"), "{error}");
    let error = refusal("run 1s\n", "crash s1");
    assert!(error.contains("expected a setting"), "{error}");
    let error = refusal("joining s2,s3\nservers 3\nrun 1s\n", "servers 1");
    assert!(error.contains("servers 1"), "{error}");
}

#[test]
fn a_variant_may_have_several_settings_and_replace_the_size() {
    let script = "servers 5\nclients 1\nrun 1s\n";
    let variants = ["servers 1; clients 0", "servers 9; latency 1ms..2ms; loss 1%"];
    let results = results(custom(script, &variants, &[Quantity::Messages]), 5);
    assert_eq!(mean(&results, 0, 0), 0.0);
    assert!(mean(&results, 1, 0) > 200.0);
}

#[test]
fn a_trial_that_fails_says_why() {
    let script = "servers 3\ncrash s1,s2\nwait leader within 1s\n";
    let results = results(custom(script, &[], &[Quantity::LastWait]), 3);
    let series = &results.series[0];
    assert_eq!((series.done, series.failed), (3, 3));
    assert!(series.distributions[0].is_empty());
    let failure = series.failure.as_deref().expect("a failure");
    assert!(failure.starts_with("line 3: expected"), "{failure}");
    assert!(ResultTable::new(&results).csv().contains("as written,last-wait,3,3,0,,"));
}

#[test]
fn availability_falls_as_messages_are_lost_and_latency_grows() {
    let lossy = results(Design::Availability(Against::Loss), 2);
    let last = lossy.series.len() - 1;
    assert!(mean(&lossy, 0, 0) > 0.99);
    assert!(mean(&lossy, last, 0) < 0.95);
    assert!(mean(&lossy, last, 1) > 2.0 * mean(&lossy, 0, 1), "commits take longer");
    let sizes = results(Design::Availability(Against::Servers), 2);
    assert!(mean(&sizes, 0, 0) < 0.9, "a single server is down for two of five seconds");
    let leaderless = mean(&sizes, 0, 3);
    assert!((0.3..0.5).contains(&leaderless), "{leaderless}");
    assert!(mean(&sizes, 2, 0) > 0.99);
}

//! Golden tests of the page's views: each is rendered natively and compared with a file in this
//! folder. `RAFTARIUM_GOLDEN=rewrite cargo test --test spec views` rewrites the files.

mod render;

use std::fs;
use std::path::{Path, PathBuf};

use raftarium::raft::ServerId;
use raftarium::script::{JumpTarget, Session};
use raftarium::ui::state::{Action, Banner, Dialog, Menu, Selection, Tab, UiState};

use render::{Part, render};

/// A cluster of five that elects a leader, as on a first visit.
const FIVE: &str = "latency 15ms..25ms\n";

/// A leader with three committed commands and one that is on its way.
const COMMANDS: &str = "latency 15ms..25ms\nwait leader\nset x 3\nwait answer = ok\nset y 4\n\
    wait answer = ok\nget x\nwait answer = 3\nset x 5\nrun 30ms\n";

/// The session after its script.
fn run(script: &str) -> Session {
    let mut session = open(script);
    let report = session.finish();
    let failures: Vec<&str> = report.failures.iter().map(|failure| &*failure.text).collect();
    assert!(report.ok, "{}", failures.join("\n"));
    session
}

fn open(script: &str) -> Session {
    Session::open(script).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn s(number: usize) -> ServerId {
    ServerId::new(number).expect("a server")
}

/// The state of the page after these actions.
fn after(actions: impl IntoIterator<Item = Action>) -> UiState {
    actions.into_iter().fold(UiState::default(), |ui, action| ui.after(action))
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/spec/views/{name}.html"))
}

/// Compares the parts of the page with the file of that name.
fn check(name: &str, parts: &[Part], session: Session, ui: UiState) {
    check_at(name, parts, session, ui, false);
}

fn check_at(name: &str, parts: &[Part], session: Session, ui: UiState, playing: bool) {
    let rendered = render(parts, session, ui, playing);
    let path = file(name);
    if std::env::var("RAFTARIUM_GOLDEN").is_ok_and(|value| value == "rewrite") {
        fs::write(&path, rendered).expect("the file can be written");
        return;
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    if let Some((number, was, is)) = first_difference(&golden, &rendered) {
        panic!(
            "{name}.html differs in line {number}:\n- {was}\n+ {is}\n\
             If that is intended: RAFTARIUM_GOLDEN=rewrite cargo test --test spec views"
        );
    }
}

fn first_difference<'a>(golden: &'a str, rendered: &'a str) -> Option<(usize, &'a str, &'a str)> {
    let (mut was, mut is) = (golden.lines(), rendered.lines());
    (1..).find_map(|number| match (was.next(), is.next()) {
        (None, None) => Some(None),
        (was, is) if was == is => None,
        (was, is) => Some(Some((number, was.unwrap_or("(end)"), is.unwrap_or("(end)")))),
    })?
}

#[test]
fn before_the_first_leader() {
    let mut session = open(FIVE);
    session.seek(100_000).expect("not far");
    check("idle", &[Part::Page], session, UiState::default());
}

#[test]
fn an_election_with_ballots() {
    let mut session = open(FIVE);
    let election = JumpTarget::named("election", &session).expect("a goal");
    session.jump_ahead(&election).expect("an election");
    while session.world().servers().iter().all(|server| server.node().granted().len() < 2) {
        assert!(session.step());
    }
    check("election", &[Part::Stage, Part::Servers], session, UiState::default());
}

#[test]
fn a_leader_with_a_log() {
    let ui = UiState::default();
    check("leader", &[Part::Stage, Part::Servers, Part::Logs], run(COMMANDS), ui);
}

#[test]
fn a_partition() {
    let session = run("latency 15ms..25ms\nwait leader\npartition s1,s2 | s3,s4,s5\nrun 400ms\n");
    check("partition", &[Part::Stage, Part::Servers], session, UiState::default());
}

#[test]
fn a_crashed_and_a_paused_server() {
    let session = run("latency 15ms..25ms\nwait leader\ncrash s2\npause s4\nrun 100ms\n");
    check("crashed_and_paused", &[Part::Stage, Part::Servers], session, UiState::default());
}

#[test]
fn a_cluster_of_nine() {
    let session = run("servers 9\nclients 7\nwait leader\nrun 100ms\n");
    check("nine_servers", &[Part::Stage, Part::Servers], session, UiState::default());
}

#[test]
fn a_violation() {
    let session = open(
        "rule majority off\nservers 3\nelection-timeout never\n\
        timeout s1\ntimeout s2\nrun 1s\n",
    );
    let mut session = session;
    let _ = session.finish();
    assert!(!session.cluster().violations().is_empty());
    check("violation", &[Part::Violation], session, UiState::default());
}

#[test]
fn compacted_logs() {
    let session = run("snapshot-every 3\nwait leader\nset a 1\nwait answer = ok\nset b 2\n\
        wait answer = ok\nset c 3\nwait answer = ok\nset d 4\nwait answer = ok\n");
    check("compacted_logs", &[Part::Logs], session, UiState::default());
}

#[test]
fn a_joint_configuration() {
    let session = run("servers 5\njoining s4,s5\nelection-timeout never\nheartbeat never\n\
        latency 1ms\ntimeout s1\nsettle\nset x 1 via s1\nrun 1ms\nmembers s1,s2,s4\n\
        hold all append from s1\nsettle\n");
    assert!(session.world().server(s(1)).node().configuration().is_joint());
    let ui = after([Action::Select(Selection::Server(s(1)))]);
    check("joint_configuration", &[Part::Servers, Part::Panels, Part::Logs], session, ui);
}

#[test]
fn the_list_of_events() {
    let session = run("servers 3\nlatency 15ms..25ms\nwait leader\n");
    check("events", &[Part::Panels], session, UiState::default());
}

#[test]
fn why_a_server_leads() {
    let session = run(COMMANDS);
    let leader = session.world().leader().expect("a leader");
    check("why", &[Part::Panels], session, after([Action::Select(Selection::Server(leader))]));
}

#[test]
fn the_panels() {
    for (name, tab) in [
        ("clients", Tab::Clients),
        ("stores", Tab::Stores),
        ("console", Tab::Console),
        ("script", Tab::Script),
    ] {
        check(name, &[Part::Panels], run(COMMANDS), after([Action::Show(tab)]));
    }
}

#[test]
fn the_branches() {
    let mut session = run("servers 3\nrun 800ms\n");
    session.exec("crash s1").expect("done");
    session.seek(500_000).expect("not far");
    session.exec("crash s2").expect("done");
    check("branches", &[Part::Panels], session, after([Action::Show(Tab::Branches)]));
}

#[test]
fn the_dialogs() {
    for (name, dialog) in [
        ("settings", Dialog::Settings),
        ("help", Dialog::Help),
        ("partition_dialog", Dialog::Partition),
        ("share", Dialog::Share),
        ("make_challenge", Dialog::MakeChallenge),
        ("palette", Dialog::Palette),
        ("keys", Dialog::Keys),
        ("glossary", Dialog::Glossary(None)),
        ("legend", Dialog::Legend),
    ] {
        check(name, &[Part::Dialogs], run(COMMANDS), after([Action::Open(dialog)]));
    }
}

#[test]
fn the_menus() {
    let session = run(COMMANDS);
    let leader = session.world().leader().expect("a leader");
    for (name, menu) in
        [("server_menu", Menu::Server(leader)), ("link_menu", Menu::Link(s(1), s(2)))]
    {
        check(name, &[Part::Stage], run(COMMANDS), after([Action::OpenMenu(menu)]));
    }
}

#[test]
fn the_controls() {
    let notice = after([Action::Notice("Not done: there is no leader.".to_owned())]);
    check("controls_paused", &[Part::Controls], open(FIVE), notice);
    check_at("controls_playing", &[Part::Controls], open(FIVE), UiState::default(), true);
}

#[test]
fn the_banners() {
    let restored = Banner::until_play("This is your last session.".to_owned());
    let error = Banner::error("This link cannot be opened.".to_owned(), Some("1:1: no".to_owned()));
    for (name, banner) in [("banner_restored", restored), ("banner_error", error)] {
        check(name, &[Part::Banner], open(FIVE), after([Action::ShowBanner(banner)]));
    }
}

/// A question with its answer, then a part in which the reader acts.
const STORY: &str = "title \"Losing a leader\"\nsection \"5.2\"\nlevel easy\nservers 3\n\
    latency 15ms\n\
    say \"Nobody leads *yet*.\\n\\nA [majority](glossary) elects: see [majority](rule).\"\n\
    point s1\n\
    ask \"Who wins?\" \"S1\" if leader s1 \"S2\" if leader s2 answer 1\ntimeout s1\nwait leader\n\
    chapter \"A leader\"\nsay \"S1 leads, and `x` is unset.\"\n\
    misconception \"Leaders last. They do not.\"\nrun 100ms\n\
    chapter \"Try it\"\nsay \"Take its lead away.\"\nallow crash restart\nbudget crash 1\n\
    goal not leader s1 \"S1 does not lead.\"\nhint \"Crash it.\"\nhint \"Click S1.\"\n";

/// The story at the step of that number.
fn story_at(number: usize) -> Session {
    let mut session = open(STORY);
    session.go_to_step(number).expect("near");
    session
}

#[test]
fn the_narration_at_each_kind_of_step() {
    let parts = [Part::Narration];
    check("narration_text", &parts, story_at(1), UiState::default());
    check("narration_question", &parts, story_at(2), UiState::default());
    let mut answered = story_at(2);
    let line = answered.run().story_step().expect("a question").line;
    answered.choose(line, 2);
    answered.next_step().expect("near");
    check("narration_answer", &parts, answered, UiState::default());
    let mut trying = story_at(4);
    trying.show_hint();
    check("narration_goals", &parts, trying, UiState::default());
}

#[test]
fn the_narration_beside_the_story_and_at_its_end() {
    let parts = [Part::Narration];
    let mut left = story_at(3);
    left.exec("isolate s1").expect("it runs");
    check("narration_left", &parts, left, UiState::default());
    let mut won = story_at(4);
    won.exec("crash s1").expect("it runs");
    check("narration_won", &parts, won, UiState::default());
}

/// A question whose right answer is a goal, and a goal that nobody can reach.
const CHALLENGE: &str = "title \"No term falls\"\nlevel hard\nservers 3\n\
    election-timeout never\n\
    ask \"S1 fires its timer. Who leads?\" \"S1\" if leader s1 \"S2\" if leader s2 answer 1\n\
    timeout s1\nsettle\nsay \"S1 leads. Make its term 0.\"\nallow crash\nbudget crash 1\n\
    score 1 \"The answer is right.\"\ngoal term s1 = 0 \"S1 is in term 0.\"\n\
    possible no \"No server goes back to an older [term](glossary).\"\n";

#[test]
fn a_challenge_with_a_score_and_a_claim() {
    let parts = [Part::Narration];
    let mut session = open(CHALLENGE);
    session.go_to_step(1).expect("near");
    let line = session.run().story_step().expect("a question").line;
    session.choose(line, 2);
    check("challenge_answered", &parts, session, UiState::default());
    let mut session = open(CHALLENGE);
    session.go_to_step(2).expect("near");
    check("challenge_begun", &parts, session, UiState::default());
    let mut session = open(CHALLENGE);
    session.go_to_step(2).expect("near");
    session.claim(true);
    check("challenge_claimed", &parts, session, UiState::default());
}

#[test]
fn what_is_not_allowed_says_why() {
    let session = story_at(4);
    let ui = after([Action::OpenMenu(Menu::Server(s(1)))]);
    check("narration_menu", &[Part::Stage, Part::Controls], session, ui);
}

#[test]
fn the_lab_with_a_small_figure_16() {
    check("lab", &[Part::Lab], run(FIVE), UiState::default());
}

//! Pictures of the timeline: well-formed, self-contained, and with everything in them.

use raftarium::diagram::Diagram;
use raftarium::export::picture::{TimelinePicture, timeline_svg};
use raftarium::sim::{Micros, Span, World};

use super::{VARIED, compare_with_file, golden_scripts, replay_of, xml};

fn drawn(script: &str) -> (Diagram, World) {
    replay_of(script).diagram().expect("a diagram")
}

fn svg(diagram: &Diagram, world: &World, (from_us, to_us): (Micros, Micros)) -> String {
    let (span, title) = (Span { from_us, to_us }, "A \"run\" <of> S1 & S2");
    timeline_svg(&TimelinePicture { diagram, world, title, span, heartbeats: true })
}

fn whole(script: &str) -> String {
    let (diagram, world) = drawn(script);
    svg(&diagram, &world, (0, world.now_us()))
}

fn crosses(svg: &str) -> usize {
    svg.matches("stroke=\"#c14f00\" stroke-width=\"2\" stroke-linecap").count()
}

#[test]
fn a_picture_is_well_formed_and_needs_nothing_else() {
    let svg = whole(VARIED);
    let elements = xml::elements(&svg);
    assert!(elements.len() > 300, "{} elements", elements.len());
    assert!(elements[0].name == "svg" && elements[1].name == "title");
    assert!(svg.contains("A &quot;run&quot; &lt;of&gt; S1 &amp; S2"));
    for element in &elements {
        assert!(!["style", "script", "image", "use"].contains(&element.name.as_str()));
        for (name, value) in &element.attributes {
            let is_namespace = name == "xmlns";
            assert!(is_namespace || !value.contains("://"), "{name}={value}");
            assert!(name != "style" && name != "class" && !name.starts_with("on"), "{name}");
            assert!(!value.contains("NaN") && !value.contains("inf"), "{name}={value}");
        }
    }
}

#[test]
fn every_script_gives_a_well_formed_picture() {
    for (name, script) in crate::scripts::all() {
        let (diagram, world) = drawn(&script);
        let elements = xml::elements(&svg(&diagram, &world, (0, world.now_us())));
        assert!(elements.len() > 5, "{name}");
    }
}

#[test]
fn lost_messages_have_a_cross_and_the_legend_explains_only_what_is_there() {
    let quiet = whole("servers 3\nwait leader\nrun 40ms\n");
    assert_eq!(crosses(&quiet), 0);
    assert!(!quiet.contains(">lost<") && !quiet.contains(">crashed<"));
    assert!(quiet.contains(">leader<") && quiet.contains(">RequestVote<"));
    let script =
        "servers 3\nwait leader\npartition s1 | s2 | s3\nrun 60ms\ncrash leader\nrun 9ms\n";
    let (diagram, world) = drawn(script);
    let lost = diagram.messages().iter().filter(|message| message.is_lost()).count();
    assert!(lost > 2, "{lost} lost");
    // One for each, one where the leader crashed, one in the legend.
    let broken = svg(&diagram, &world, (0, world.now_us()));
    assert_eq!(crosses(&broken), lost + 2);
    assert!(broken.contains(">lost<") && broken.contains(">crashed<"));
    assert!(broken.contains(">Crash the leader<"));
}

#[test]
fn a_span_leaves_out_what_is_outside_of_it() {
    let (diagram, world) = drawn("servers 3\nwait leader\nset x 1\nrun 300ms\ncrash leader\n");
    let end_us = world.now_us();
    let early = svg(&diagram, &world, (0, end_us - 100_000));
    assert!(!early.contains("Crash the leader") && early.contains("C1 sends"));
    let late = svg(&diagram, &world, (end_us - 100_000, end_us));
    assert!(late.contains("Crash the leader") && !late.contains("C1 sends"));
    assert!(!late.contains(">RequestVote<"), "the election is over");
}

#[test]
fn pictures_stay_as_they_are() {
    for (name, script) in golden_scripts() {
        compare_with_file(&format!("{name}.svg"), &whole(&script));
    }
}

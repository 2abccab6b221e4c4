//! The space-time diagram under the slider: wheel, drag, fingers and keys; what is clicked is
//! selected; the playhead agrees with the slider; branches stand one above the other.

use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::harness::{Page, visit};

/// S1 asks for votes at once; each message takes 20 ms.
const ELECTION: &str = "servers 5\nlatency 20ms\nelection-timeout never\ntimeout s1\n";

fn load(page: &Page, script: &str, time_us: u64) {
    page.eval(&format!("raftarium.load({})", Value::from(script)));
    seek(page, time_us);
}

fn seek(page: &Page, time_us: u64) {
    page.eval(&format!("raftarium.seek({time_us})"));
}

/// The moment at the left edge, in microseconds, and how many there are in a pixel.
fn view(page: &Page) -> (f64, f64) {
    let data = |name: &str| {
        let now = page.eval(&format!("document.querySelector('.diagram-now').dataset.{name}"));
        now.as_str().and_then(|text| text.parse().ok()).expect("a number")
    };
    (data("fromUs"), data("usPerPx"))
}

/// Where the track is: left, top, width, height.
fn track(page: &Page) -> [f64; 4] {
    let side = |side: &str| {
        let rect = "document.querySelector('.diagram-track').getBoundingClientRect()";
        page.eval(&format!("{rect}.{side}")).as_f64().expect("a place")
    };
    ["left", "top", "width", "height"].map(side)
}

/// Waits until the picture has moved or zoomed away from that view.
fn wait_for_other_view(page: &Page, (from, scale): (f64, f64)) {
    page.wait_for(&format!(
        "(d => Number(d.fromUs) !== {from} || Number(d.usPerPx) !== {scale})\
         (document.querySelector('.diagram-now').dataset)"
    ));
}

/// The moment under a point of the track.
fn time_at(page: &Page, x: f64) -> f64 {
    let (from, scale) = view(page);
    from + (x - track(page)[0]) * scale
}

/// The place of a moment in the view.
fn x_of(page: &Page, time_us: f64) -> f64 {
    let (from, scale) = view(page);
    track(page)[0] + (time_us - from) / scale
}

/// The opacity of the picture's pixel at a moment, on the middle of the lane of S1.
fn drawn_at(page: &Page, time_us: f64) -> u64 {
    let [left, _, _, height] = track(page);
    let x = x_of(page, time_us) - left;
    let found = page.eval(&format!(
        "(() => {{
            const strip = document.querySelector('.diagram-strip');
            const scale = strip.width / strip.clientWidth;
            const column = strip.getContext('2d')
                .getImageData({x} * scale, 20 * scale, 1, {height} * scale / 4).data;
            return Math.max(...column.filter((_, place) => place % 4 === 3));
        }})()"
    ));
    found.as_u64().expect("an opacity")
}

#[test]
fn the_wheel_zooms_where_the_pointer_is_and_a_drag_moves() {
    visit(|page| {
        load(page, "servers 3\nseed 4\nrun 2s\n", 1_500_000);
        let [left, top, width, height] = track(page);
        let (x, y) = (left + width / 4.0, top + height / 2.0);
        let before = view(page);
        // A drag to the right brings what was before.
        page.drag((x, y), (x + 200.0, y));
        wait_for_other_view(page, before);
        let dragged = view(page);
        let moved_px = (before.0 - dragged.0) / dragged.1;
        assert!((moved_px - 200.0).abs() < 2.0, "{moved_px}");
        let under = time_at(page, x);
        page.wheel((x, y), (0.0, -400.0));
        wait_for_other_view(page, dragged);
        let zoomed = view(page);
        assert!(zoomed.1 < dragged.1 * 0.7, "{zoomed:?} {dragged:?}");
        assert!((time_at(page, x) - under).abs() < zoomed.1 * 2.0);
        // Sideways it moves.
        page.wheel((x, y), (150.0, 0.0));
        wait_for_other_view(page, zoomed);
        assert_eq!(view(page).1, zoomed.1);
        assert_eq!(page.eval("scrollX + scrollY"), 0);
        let moved = view(page);
        page.click("button", "Zoom out");
        wait_for_other_view(page, moved);
        page.click("button", "Whole run");
        page.wait_for("Number(document.querySelector('.diagram-now').dataset.fromUs) < 0");
        assert!(time_at(page, left + width) > 1_500_000.0);
    });
}

#[test]
fn two_fingers_zoom_and_one_moves() {
    visit(|page| {
        page.resize(390, 844);
        page.wait_for("document.querySelector('.stage').clientWidth < 390");
        load(page, "servers 3\nseed 4\nrun 2s\n", 1_500_000);
        page.click("button", "Diagram as a sheet");
        page.wait_for("document.querySelector('.diagram-now').dataset.usPerPx");
        let [left, top, width, height] = track(page);
        let (x, y) = (left + width / 2.0, top + height / 2.0);
        let before = view(page);
        page.swipe((x, y), (x + 100.0, y));
        wait_for_other_view(page, before);
        let swiped = view(page);
        assert!(swiped.0 < before.0 && swiped.1 == before.1, "{swiped:?} {before:?}");
        page.pinch((x, y), 40.0, 120.0);
        wait_for_other_view(page, swiped);
        page.wait_for(&format!(
            "Number(document.querySelector('.diagram-now').dataset.usPerPx) < {}",
            swiped.1 * 0.5
        ));
    });
}

/// The explanation of the selected event.
const DETAILS: &str = "(document.querySelector('.event-details')?.textContent ?? '')";

/// The words beside the pointer.
const HINT: &str = "document.querySelector('.diagram-hint')?.textContent ?? ''";

#[test]
fn a_click_on_a_message_selects_it() {
    visit(|page| {
        load(page, ELECTION, 60_000);
        let [_, top, _, height] = track(page);
        let x = x_of(page, 14_000.0);
        let found = (0..height as u32).step_by(3).find_map(|dy| {
            let y = top + f64::from(dy);
            page.point_at((x, y));
            let hint = page.eval(HINT);
            let hint = hint.as_str().unwrap_or_default().to_owned();
            hint.starts_with("RequestVote S1 to S3").then_some((y, hint))
        });
        let (y, hint) = found.expect("the request is drawn");
        assert_eq!(hint, "RequestVote S1 to S3, term 1: sent 0.000 s, arrived 0.020 s");
        // The event of its arrival is marked in the list, too.
        page.wait_for("document.querySelector('[data-selection^=event-][data-hovered]')");
        page.click_at(x, y);
        // It is explained beside the list of events.
        page.wait_for(&format!("/RequestVote from S1 reaches S3/.test({DETAILS})"));
    });
}

#[test]
fn the_keyboard_goes_from_event_to_event_and_selects() {
    visit(|page| {
        load(page, ELECTION, 60_000);
        let said = "document.querySelector('.spoken[role=status]').textContent";
        page.focus("application", "Space-time diagram");
        page.press("ArrowLeft");
        page.wait_for(&format!("/^0\\.0[46]0 s: /.test({said})"));
        let first = page.eval(said);
        page.press("ArrowLeft");
        page.wait_for(&format!("{said} !== {first}"));
        page.press("Enter");
        page.wait_for(&format!("{DETAILS} !== ''"));
        // One lane only, and zoom and pages by keys.
        page.focus("application", "Space-time diagram");
        // One announcement a second: an earlier one must not replace this one.
        thread::sleep(Duration::from_millis(1100));
        page.press("ArrowDown");
        page.wait_for(&format!("{said} === 'S1'"));
        let before = view(page);
        page.press("+");
        wait_for_other_view(page, before);
        assert!(view(page).1 < before.1);
        page.press("Home");
        page.wait_for("Number(document.querySelector('.diagram-now').dataset.fromUs) < 0");
        assert_eq!(page.eval("document.activeElement.className"), "diagram-track");
    });
}

#[test]
fn the_playhead_agrees_with_the_slider() {
    visit(|page| {
        load(page, "servers 3\nseed 4\nrun 3s\n", 2_000_000);
        let agrees = |time_us: f64| {
            let at = "(p => p.left + p.width / 2)\
                 (document.querySelector('.diagram-playhead').getBoundingClientRect())";
            page.wait_for(&format!(
                "document.querySelector('[aria-label=Time]').value === '{}'",
                time_us / 1000.0
            ));
            page.wait_for(&format!(
                "(d => Math.abs(({time_us} - d.fromUs) / d.usPerPx \
                 + document.querySelector('.diagram-track').getBoundingClientRect().left
                 - {at}) < 1.5)\
                 (document.querySelector('.diagram-now').dataset)"
            ));
        };
        agrees(2_000_000.0);
        page.focus("slider", "Time");
        page.press("Home");
        agrees(0.0);
        seek(page, 1_234_000);
        agrees(1_234_000.0);
        // A press on the scale of time goes there.
        let [left, top, width, _] = track(page);
        let x = left + width / 2.0;
        let there = time_at(page, x);
        page.click_at(x, top + 6.0);
        page.wait_for(&format!("Math.abs((await raftarium.hash()).time - {there}) < 3000"));
    });
}

#[test]
fn what_lies_ahead_is_drawn_shaded_until_it_will_not_happen() {
    visit(|page| {
        load(page, "servers 3\nseed 4\nrun 3s\n", 1_000_000);
        seek(page, 900_000);
        page.wait_for("!document.querySelector('.diagram-now').classList.contains('live')");
        assert!(drawn_at(page, 950_000.0) > 200, "the lane of S1 goes on");
        let shade = "Number(getComputedStyle(document.querySelector('.diagram-ahead')).opacity)";
        let shade = page.eval(shade).as_f64().expect("an opacity");
        assert!((0.3..0.9).contains(&shade), "{shade}");
        page.eval("raftarium.exec('crash s1')");
        page.wait_for("(await raftarium.state()).time === 900000");
        page.wait_for("document.querySelector('[aria-label=Time]').max === '900'");
        assert_eq!(drawn_at(page, 950_000.0), 0, "what came after has not happened");
    });
}

#[test]
fn two_branches_stand_one_above_the_other_and_the_first_difference_is_marked() {
    visit(|page| {
        load(page, "servers 3\nseed 4\n", 1_500_000);
        seek(page, 800_000);
        page.eval("raftarium.exec('crash leader')");
        seek(page, 1_400_000);
        page.focus("combobox", "Second branch in the diagram");
        page.type_text("and");
        page.wait_for("document.querySelector('.diagram-now').dataset.runs === '2'");
        page.wait_for("document.querySelector('.diagram-now').dataset.differUs === '800000'");
        page.focus("combobox", "Second branch in the diagram");
        page.type_text("this");
        page.wait_for("document.querySelector('.diagram-now').dataset.runs === '1'");
        page.click("tab", "Branches");
        let parted = "branch 1, the current branch, parts from main at 0.800 s";
        page.wait_for_starting("image", &format!("main ends at 1.500 s. {parted}"));
    });
}

#[test]
fn while_time_passes_the_compositor_moves_the_picture() {
    visit(|page| {
        load(page, "servers 3\nseed 4\n", 2_000_000);
        page.eval("raftarium.play()");
        page.wait_for("document.querySelector('.diagram-strip').getAnimations().length === 1");
        page.wait_for("document.querySelector('.diagram-now').classList.contains('live')");
        page.eval("raftarium.pause()");
        page.wait_for("document.querySelector('.diagram-strip').getAnimations().length === 0");
        page.wait_for("!document.querySelector('.diagram-now').classList.contains('live')");
    });
}

#[test]
fn heartbeats_are_folded_until_asked_for_and_the_diagram_can_be_hidden() {
    visit(|page| {
        load(page, "servers 3\nseed 4\n", 2_000_000);
        let picture = "document.querySelector('.diagram-strip').toDataURL()";
        let folded = page.eval(picture);
        page.click("checkbox", "heartbeats");
        page.wait_for(&format!("{picture} !== {folded}"));
        page.click("checkbox", "heartbeats");
        page.wait_for(&format!("{picture} === {folded}"));
        page.click("button", "Hide the diagram");
        page.wait_for("!document.querySelector('.diagram-track')?.clientHeight");
        page.click("button", "Show the diagram");
        page.wait_for("document.querySelector('.diagram-track').clientHeight > 80");
    });
}

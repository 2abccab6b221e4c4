//! The elements of the diagram, what they show, and when they are drawn.

use std::rc::Rc;

use crate::diagram::Diagram;
use crate::raft::ServerId;
use crate::script::Session;
use crate::sim::{EventId, Micros};
use crate::ui::platform::animation::{Animation, Easing, Keyframe, Pace};
use crate::ui::platform::canvas::Canvas;
use crate::ui::platform::dom::{self, Element, set_style};
use crate::ui::state::Selection;

use super::drawing::{Drawing, Ink, Label};
use super::hit::{self, Hit};
use super::look::{DrawnRun, Look, label};
use super::overview;
use super::paint::{Palette, paint};
use super::picture::{draw, lane_name, rows_of};
use super::rows::Rows;
use super::stops::{self, Stop, StopFilter};
use super::viewport::Viewport;

/// The least time between two drawings while the run plays, in real milliseconds.
const REDRAW_MS: f64 = 100.0;
/// The same for the strip of the whole run.
const OVERVIEW_MS: f64 = 1_000.0;
/// The picture reaches this far beyond the right edge while it scrolls, in pixels.
const MARGIN_PX: f64 = 320.0;
/// How far the present moves in one animation, in pixels.
const REACH_PX: f64 = 4_000.0;

/// A second run, below the one that is played.
#[derive(Clone)]
pub struct ComparedRun {
    pub name: String,
    pub diagram: Rc<Diagram>,
    pub end_us: Micros,
    pub clients: usize,
}

impl ComparedRun {
    fn first_difference_us(&self, session: &Session) -> Option<Micros> {
        let found = session.diagram().first_difference_us(&self.diagram)?;
        // Where one run simply has not been played further, nothing differs yet.
        (found <= session.end_us().min(self.end_us)).then_some(found)
    }
}

/// The canvases of the diagram and what stands on them.
pub struct DiagramBoard {
    strip: Canvas,
    names: Canvas,
    overview: Canvas,
    now: Element,
    window: Element,
    swatches: Vec<Element>,
    palette: Palette,
    view: Viewport,
    height: f64,
    /// In CSS pixels.
    unit: f64,
    overview_size: (f64, f64),
    /// Whether the present stays in sight.
    following: bool,
    folded: bool,
    compared: Option<ComparedRun>,
    /// The first difference from it, and of which last event of this run.
    differ: Option<(EventId, Option<Micros>)>,
    hovered: Option<Selection>,
    selected: Option<Selection>,
    cursor: Option<Stop>,
    /// The lane that the keyboard is on.
    lane: Option<ServerId>,
    /// The motion between two drawings.
    motion: Option<Animation>,
    pace: Option<Pace>,
    drawn: Option<LastDrawing>,
    overview_ms: f64,
}

/// When and of what the last drawing was made.
#[derive(Clone, Copy)]
struct LastDrawing {
    real_ms: f64,
    seen: (u64, u64),
    now_us: f64,
    scrolls: bool,
}

impl DiagramBoard {
    /// The diagram within that element, which has the canvases; `None` if the browser cannot draw.
    pub fn new(root: &Element) -> Option<DiagramBoard> {
        let find = |class: &str| root.query_selector(class).ok().flatten();
        let canvas = |class: &str| Canvas::new(&find(class)?);
        Some(DiagramBoard {
            strip: canvas(".diagram-strip")?,
            names: canvas(".lane-names")?,
            overview: canvas(".overview canvas")?,
            now: find(".diagram-now")?,
            window: find(".overview .window")?,
            swatches: dom::all_within(root, ".swatches i"),
            palette: Palette::default(),
            view: Viewport::default(),
            height: 0.0,
            unit: 1.0,
            overview_size: (0.0, 0.0),
            following: true,
            folded: true,
            compared: None,
            differ: None,
            hovered: None,
            selected: None,
            cursor: None,
            lane: None,
            motion: None,
            pace: None,
            drawn: None,
            overview_ms: f64::MIN,
        })
    }

    /// The track and the overview have these sizes now, in CSS pixels; nothing is drawn while they
    /// have none. On a large screen everything is drawn larger, in units of several pixels.
    pub fn resize(&mut self, track: (f64, f64), overview: (f64, f64)) {
        self.unit = dom::unit();
        let in_units = |(width, height): (f64, f64)| (width / self.unit, height / self.unit);
        (self.view.width, self.height) = in_units(track);
        self.overview_size = in_units(overview);
    }

    /// The colours have changed, or are read for the first time.
    pub fn read_palette(&mut self) {
        self.palette = Palette::read(&self.swatches);
    }

    pub fn viewport(&self) -> Viewport {
        self.view
    }

    pub fn is_following(&self) -> bool {
        self.following
    }

    /// Keeps the present in sight, or leaves the picture where it is.
    pub fn follow(&mut self, following: bool) {
        self.following = following;
    }

    /// Time has jumped: the present is followed again if it is out of sight.
    pub fn follow_if_lost(&mut self, now_us: Micros) {
        self.following |= !self.view.shows(now_us);
    }

    /// Shows plain heartbeats, or folds them.
    pub fn fold(&mut self, folded: bool) {
        self.folded = folded;
    }

    /// Draws a second run below, or only one.
    pub fn compare(&mut self, run: Option<ComparedRun>) {
        self.compared = run;
        self.differ = None;
    }

    /// The name of the second run.
    pub fn compared_name(&self) -> Option<&str> {
        self.compared.as_ref().map(|run| &*run.name)
    }

    /// The second run has gone further.
    pub fn extend_compared(&mut self, run: Option<ComparedRun>) {
        self.compared = run;
        // A difference that is known stays the first one.
        self.differ = self.differ.filter(|(_, found)| found.is_some());
    }

    /// Marks what is hovered and what is selected on the page.
    pub fn mark(&mut self, hovered: Option<Selection>, selected: Option<Selection>) {
        (self.hovered, self.selected) = (hovered, selected);
    }

    /// Moves by that many pixels.
    pub fn pan(&mut self, pixels: f64, session: &Session) {
        self.following = false;
        self.view.pan(pixels, session.end_us());
    }

    /// Zooms at that place; while the present is followed, at the present.
    pub fn zoom(&mut self, x: f64, factor: f64, session: &Session) {
        let now_x = self.view.x(session.world().now_us());
        let at = if self.following { now_x.clamp(0.0, self.view.width) } else { x };
        self.view.zoom(at, factor, session.end_us());
    }

    /// Zooms at the present if it is in sight, or else in the middle.
    pub fn zoom_middle(&mut self, factor: f64, session: &Session) {
        let now_us = session.world().now_us();
        let x = if self.view.shows(now_us) { self.view.x(now_us) } else { self.view.width / 2.0 };
        self.zoom(x, factor, session);
    }

    /// Shows the whole run.
    pub fn fit(&mut self, session: &Session) {
        self.following = false;
        self.view.fit(session.end_us());
    }

    /// Puts a moment into the middle.
    pub fn center(&mut self, time_us: Micros, session: &Session) {
        self.pan(self.view.x(time_us) - self.view.width / 2.0, session);
    }

    /// What is at a point of the track.
    pub fn hit(&self, session: &Session, point: (f64, f64), finger: bool) -> Option<Hit> {
        let runs = self.runs(session);
        let rows = rows_of(&runs, self.height);
        hit::at(&runs, &rows, &self.look(self.view, false), point, finger)
    }

    /// Goes to the next event of the diagram or the one before, and says what it is.
    pub fn step(&mut self, session: &Session, ahead: bool) -> Option<(Stop, String)> {
        let diagram = session.diagram();
        let from = self.cursor.as_ref().map_or(session.world().event(), |stop| stop.event);
        let filter = StopFilter { lane: self.lane, folded: self.folded };
        let stop = stops::neighbour(diagram, from, ahead, filter)?;
        self.cursor = Some(stop.clone());
        if !(20.0..self.view.width - 20.0).contains(&self.view.x(stop.time_us)) {
            self.center(stop.time_us, session);
        }
        let words = stops::words(diagram, &stop);
        Some((stop, words))
    }

    /// The event that the keyboard is on.
    pub fn cursor(&self) -> Option<&Stop> {
        self.cursor.as_ref()
    }

    /// Leaves the event that the keyboard was on.
    pub fn forget_cursor(&mut self) {
        (self.cursor, self.lane) = (None, None);
    }

    /// Chooses the lane below or above, beyond the ends all of them.
    pub fn step_lane(&mut self, session: &Session, down: bool) -> Option<ServerId> {
        let count = session.diagram().lanes().len();
        let place = self.lane.map_or(0, |lane| lane.slot() + 1);
        let next = if down { (place + 1) % (count + 1) } else { (place + count) % (count + 1) };
        self.lane = next.checked_sub(1).map(ServerId::from_slot);
        self.lane
    }

    /// Another session is played: nothing of the one before stays.
    pub fn forget_session(&mut self) {
        self.forget_cursor();
        self.compare(None);
        self.following = true;
        self.drawn = None;
    }

    /// Draws what is due. `overview_end_us`: where the slider of time ends.
    pub fn show(&mut self, session: &Session, pace: Pace, overview_end_us: Micros, at_once: bool) {
        if self.view.width <= 0.0 || self.height <= 0.0 {
            // Without room for the diagram the strip behind the slider is drawn alone.
            return self.show_overview(session, pace, overview_end_us);
        }
        if !at_once && pace.playing && !self.is_due(session, pace) {
            return self.keep_pace(pace);
        }
        self.find_difference(session, pace);
        if self.palette == Palette::default() {
            self.read_palette();
        }
        self.draw(session, pace);
        self.show_overview(session, pace, overview_end_us);
    }

    fn show_overview(&mut self, session: &Session, pace: Pace, end_us: Micros) {
        if self.palette == Palette::default() {
            self.read_palette();
        }
        let overview_due = pace.real_ms - self.overview_ms >= OVERVIEW_MS;
        if overview_due || !pace.playing {
            self.overview_ms = pace.real_ms;
            self.draw_overview(session, end_us);
        }
    }

    fn is_due(&self, session: &Session, pace: Pace) -> bool {
        let Some(drawn) = self.drawn else { return true };
        let now_us = pace.now_ms * 1000.0;
        let moved_px = (now_us - drawn.now_us).abs() / self.view.us_per_px;
        let begins_to_scroll = self.following && !drawn.scrolls && self.view.scrolls_at(now_us);
        let old = pace.real_ms - drawn.real_ms >= REDRAW_MS;
        old && (drawn.seen != self.seen(session) || moved_px > MARGIN_PX * 0.8 || begins_to_scroll)
    }

    /// What changes if the picture does, while only time passes: what is known, and the newest
    /// message on its way.
    fn seen(&self, session: &Session) -> (u64, u64) {
        let diagram = session.diagram();
        if !self.folded {
            return (session.world().event(), 0);
        }
        let flying = diagram.in_flight(session.world()).filter(|message| !message.heartbeat);
        (diagram.news(), flying.map(|message| message.id).max().unwrap_or(0))
    }

    fn keep_pace(&mut self, pace: Pace) {
        let changed = self.pace.is_none_or(|before| {
            before.playing != pace.playing || before.speed != pace.speed || pace.strays_from(before)
        });
        if changed && let Some(motion) = &self.motion {
            motion.follow(pace);
        }
        self.pace = Some(pace);
    }

    fn find_difference(&mut self, session: &Session, pace: Pace) {
        let Some(compared) = &self.compared else { return };
        let last = session.diagram().last_event();
        let known = self.differ.is_some_and(|(event, found)| {
            event == last || pace.playing && (found.is_some() || event > last.saturating_sub(200))
        });
        if !known {
            self.differ = Some((last, compared.first_difference_us(session)));
        }
    }

    /// The first moment at which the second run differs, as far as both have come.
    pub fn first_difference_us(&self, session: &Session) -> Option<Micros> {
        self.compared.as_ref()?.first_difference_us(session)
    }

    fn runs<'a>(&'a self, session: &'a Session) -> Vec<DrawnRun<'a>> {
        let compared = self.compared.as_ref();
        let here = DrawnRun {
            diagram: session.diagram(),
            name: compared.map(|_| session.branch_name()),
            world: Some(session.world()),
            end_us: session.end_us(),
            clients: session.world().clients().len(),
        };
        let there = compared.map(|run| DrawnRun {
            diagram: &run.diagram,
            name: Some(&run.name),
            world: None,
            end_us: run.end_us,
            clients: run.clients,
        });
        [Some(here), there].into_iter().flatten().collect()
    }

    fn look(&self, view: Viewport, live: bool) -> Look {
        Look {
            view,
            folded: self.folded,
            live,
            hovered: self.hovered,
            selected: self.selected,
            cursor: self.cursor.as_ref().map(|stop| stop.event),
            differ_us: self.differ.and_then(|(_, found)| found),
        }
    }

    fn draw(&mut self, session: &Session, pace: Pace) {
        let world = session.world();
        let now_us = if pace.playing { pace.now_ms * 1000.0 } else { world.now_us() as f64 };
        if self.following {
            self.view.follow(now_us);
        }
        let scrolls = pace.playing && self.following && self.view.scrolls_at(now_us);
        // At the end of the run nothing ahead is known.
        let live = pace.playing && session.end_us() <= world.now_us();
        let margin = if scrolls { MARGIN_PX } else { 0.0 };
        let (width, height) = (self.view.width + MARGIN_PX, self.height);
        let wide = Viewport { width: self.view.width + margin, ..self.view };
        let runs = self.runs(session);
        let rows = rows_of(&runs, height);
        let drawing = draw(&runs, &rows, &self.look(wide, live));
        let names = names(&rows);
        self.strip.begin(width, height, self.unit);
        paint(&self.strip, &drawing, &self.palette);
        self.names.begin(NAMES_PX, height, self.unit);
        paint(&self.names, &names, &self.palette);
        let _ = self.now.class_list().toggle_with_force("live", live);
        dom::set_data(&self.now, "from-us", &format!("{:.0}", self.view.from_us));
        dom::set_data(&self.now, "us-per-px", &self.view.us_per_px.to_string());
        dom::set_data(&self.now, "runs", &rows.len().to_string());
        let differ_us = self.differ.and_then(|(_, found)| found);
        let differ_us = differ_us.map_or_else(String::new, |us| us.to_string());
        dom::set_data(&self.now, "differ-us", &differ_us);
        self.place_now((now_us - self.view.from_us) / self.view.us_per_px, scrolls, pace);
        self.pace = Some(pace);
        let seen = self.seen(session);
        self.drawn = Some(LastDrawing { real_ms: pace.real_ms, seen, now_us, scrolls });
    }

    /// Moves the picture or the present until the next drawing.
    fn place_now(&mut self, x: f64, scrolls: bool, pace: Pace) {
        let unit = self.unit;
        let translate = |x: f64| format!("translateX({:.2}px)", x * unit);
        set_style(&self.now, "transform", &translate(x));
        self.motion = None;
        if !pace.playing {
            return;
        }
        let (element, from, to) = match scrolls {
            true => (self.strip.element(), 0.0, -MARGIN_PX),
            false => (&self.now, x, x + REACH_PX),
        };
        let frames = [
            Keyframe { offset: 0.0, transform: translate(from) },
            Keyframe { offset: 1.0, transform: translate(to) },
        ];
        let length_ms = (to - from).abs() * self.view.us_per_px / 1000.0;
        let easing = Easing::Linear;
        if !dom::reduced_motion() {
            let motion = Animation::new(element, &frames, pace.now_ms, length_ms, easing, pace);
            self.motion = Some(motion);
        }
    }

    fn draw_overview(&mut self, session: &Session, end_us: Micros) {
        let (width, height) = self.overview_size;
        if width <= 0.0 {
            return;
        }
        self.overview.begin(width, height, self.unit);
        let drawing = overview::draw(session.diagram(), end_us, (width, height));
        paint(&self.overview, &drawing, &self.palette);
        let x = |time_us: f64| (time_us / end_us.max(1) as f64 * width).clamp(0.0, width);
        let (from, to) = match self.view.width > 0.0 {
            true => (x(self.view.from_us), x(self.view.to_us())),
            // All of it, as long as no part is shown in the diagram.
            false => (0.0, width),
        };
        let place = |length: f64| format!("{:.1}px", length * self.unit);
        set_style(&self.window, "left", &place(from));
        set_style(&self.window, "width", &place((to - from).max(6.0)));
    }
}

/// The column of the lanes' names.
const NAMES_PX: f64 = 30.0;

fn names(rows: &[Rows]) -> Drawing {
    let mut drawing = Drawing::default();
    for rows in rows {
        for lane in 0..rows.len() {
            let (x, y) = (4.0, rows.y_of(lane) + 4.0);
            let ink = if lane < rows.servers { Ink::Text } else { Ink::Dim };
            let name = label(x, y, lane_name(rows, lane), ink);
            drawing.labels.push(Label { bold: lane < rows.servers, plain: true, ..name });
        }
    }
    drawing
}

//! The document, its elements and events.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Window};

pub use web_sys::{
    Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlSelectElement,
    HtmlTextAreaElement, KeyboardEvent, MediaQueryList, MouseEvent, PointerEvent, WheelEvent,
};

/// The fragment of the address with its `#`, or nothing.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// The query of the address with its question mark, or nothing.
pub fn query() -> String {
    window().location().search().unwrap_or_default()
}

/// The address of the page without its fragment.
pub fn address() -> String {
    let whole = window().location().href().unwrap_or_default();
    whole.split('#').next().unwrap_or_default().to_owned()
}

pub fn reload() {
    let _ = window().location().reload();
}

/// Removes the fragment from the address.
pub fn drop_fragment() {
    let history = window().history();
    // A page in a frame from `srcdoc` has no address to change.
    let _ =
        history.map(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address())));
}

/// What the page leaves in the history beside an address that it wrote itself.
const WRITTEN: &str = "focus";

/// Replaces the fragment of the address, without a new entry in the history.
pub fn replace_fragment(fragment: &str) {
    let url = format!("{}#{fragment}", address());
    let state = JsValue::from_str(WRITTEN);
    // A page in a frame from `srcdoc` has no address to change.
    let _ =
        window().history().map(|history| history.replace_state_with_url(&state, "", Some(&url)));
}

/// Whether the page wrote the address itself, rather than being opened with it.
pub fn wrote_address() -> bool {
    let state = window().history().and_then(|history| history.state());
    state.is_ok_and(|state| state.as_string().as_deref() == Some(WRITTEN))
}

/// Brings the first element that matches into sight, if it is not.
pub fn bring_into_sight(selector: &str) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    if let Some(element) = find(selector) {
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// # Panics
/// Outside a browser.
pub fn window() -> Window {
    web_sys::window().expect("the page runs in a window")
}

/// # Panics
/// Outside a browser.
pub fn document() -> Document {
    window().document().expect("a window has a document")
}

/// Whether the tab is hidden.
pub fn hidden() -> bool {
    document().hidden()
}

/// Whether the person asked for less motion.
pub fn reduced_motion() -> bool {
    thread_local! {
        static QUERY: Option<MediaQueryList> =
            window().match_media("(prefers-reduced-motion: reduce)").ok().flatten();
    }
    QUERY.with(|query| query.as_ref().is_some_and(MediaQueryList::matches))
}

/// Whether the zones stand below each other, as in styles/small-screens.css.
pub fn is_narrow() -> bool {
    let query = window().match_media("(max-width: 900px)");
    query.ok().flatten().is_some_and(|list| list.matches())
}

/// Sets an attribute of the root element, such as the theme.
pub fn set_root_attribute(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(name, value);
    }
}

/// Hides the first element that matches, or shows it.
pub fn set_hidden(selector: &str, hidden: bool) {
    if let Some(element) = find(selector) {
        let _ = element.toggle_attribute_with_force("hidden", hidden);
    }
}

/// Sets a style property through the object model: the content security policy forbids the
/// attribute `style`.
pub fn set_style(element: &Element, property: &str, value: &str) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.style().set_property(property, value);
    }
}

/// Focuses an element of HTML or SVG.
pub fn focus(element: &Element) {
    match element.dyn_ref::<HtmlElement>() {
        Some(element) => drop(element.focus()),
        None => drop(element.unchecked_ref::<HtmlElement>().focus()),
    }
}

/// Focuses the first element that matches.
pub fn focus_on(selector: &str) {
    if let Some(element) = find(selector) {
        focus(&element);
    }
}

/// Calls back after the page has been drawn again.
pub fn soon(callback: impl FnOnce() + 'static) {
    gloo_timers::callback::Timeout::new(0, callback).forget();
}

/// Clicks the first element that matches.
pub fn press(selector: &str) {
    if let Some(element) = find(selector).as_ref().and_then(Element::dyn_ref::<HtmlElement>) {
        element.click();
    }
}

/// Gives a slider its step, maximum and value, and the value's text for screen readers. The drawing
/// behind the slider gets the same scale.
pub fn move_slider(slider: &HtmlInputElement, [step, max, value]: [u64; 3], spoken: &str) {
    let _ = slider.set_attribute("step", &step.to_string());
    let _ = slider.set_attribute("max", &max.to_string());
    slider.set_value(&value.to_string());
    let _ = slider.set_attribute("aria-valuetext", spoken);
    if let Some(marks) = slider.next_element_sibling() {
        let _ = marks.set_attribute("viewBox", &format!("0 0 {max} 1"));
    }
}

/// The first element of the document that matches.
pub fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// Whether the first element that matches is laid out.
pub fn is_shown(selector: &str) -> bool {
    find(selector).is_some_and(|element| element.get_client_rects().length() > 0)
}

/// Replaces a text without children. A text node that stays costs less than a new one.
pub fn set_text(element: &Element, text: &str) {
    match element.first_child() {
        Some(node) if node.node_type() == web_sys::Node::TEXT_NODE => {
            node.set_node_value(Some(text))
        }
        _ => element.set_text_content(Some(text)),
    }
}

/// Sets an attribute `data-` of an element, for tests and scripts.
pub fn set_data(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(&format!("data-{name}"), value);
}

/// The nearest ancestor that matches, or the element itself.
pub fn closest(element: &Element, selector: &str) -> Option<Element> {
    element.closest(selector).ok().flatten()
}

/// The first element within this one that matches.
pub fn find_within(element: &Element, selector: &str) -> Option<Element> {
    element.query_selector(selector).ok().flatten()
}

/// Every element within this one that matches.
pub fn all_within(element: &Element, selector: &str) -> Vec<Element> {
    let Ok(list) = element.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|place| list.get(place)?.dyn_into().ok()).collect()
}

pub fn focused() -> Option<Element> {
    document().active_element()
}

/// Whether the element is in one that matches.
pub fn is_within(element: &Element, selector: &str) -> bool {
    element.closest(selector).ok().flatten().is_some()
}

/// Whether the focus is in a field that takes keys.
pub fn typing() -> bool {
    let typed = |element: Element| {
        // A slider takes only the arrow keys.
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            && element.get_attribute("type").as_deref() != Some("range")
            || element.has_attribute("contenteditable")
    };
    focused().is_some_and(typed)
}

/// The target of an event, if it is such an element.
pub fn target<T: JsCast>(event: &Event) -> Option<T> {
    event.target()?.dyn_into().ok()
}

/// The value of the field that an event came from.
pub fn value_of(event: &Event) -> String {
    if let Some(input) = target::<HtmlInputElement>(event) {
        return input.value();
    }
    if let Some(area) = target::<HtmlTextAreaElement>(event) {
        return area.value();
    }
    target::<HtmlSelectElement>(event).map_or_else(String::new, |select| select.value())
}

/// Sets the value of a field, selects it, and focuses the field.
pub fn fill(selector: &str, text: &str) {
    let field = find(selector).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    if let Some(field) = field {
        field.set_value(text);
        focus(&field);
        field.select();
    }
}

pub fn text_in(field: &Element) -> String {
    field.dyn_ref::<HtmlInputElement>().map_or_else(String::new, HtmlInputElement::value)
}

/// The number in the field that an event came from.
pub fn number_of(event: &Event) -> Option<f64> {
    number_in(&target(event)?)
}

pub fn number_in(field: &HtmlInputElement) -> Option<f64> {
    Some(field.value_as_number()).filter(|number| number.is_finite())
}

/// Whether the check box that an event came from is checked.
pub fn checked_of(event: &Event) -> bool {
    target::<HtmlInputElement>(event).is_some_and(|input| input.checked())
}

/// The size of an element, in CSS pixels.
pub fn size_of(element: &Element) -> (f64, f64) {
    (f64::from(element.client_width()), f64::from(element.client_height()))
}

/// A tenth of a rem in CSS pixels: 1, and more on a large screen, as in style.css. Sizes that the
/// style sheets share with the program are in this unit.
pub fn unit() -> f64 {
    let root = document().document_element();
    let size = root.map(|root| super::canvas::computed(&root, "font-size")).unwrap_or_default();
    // It reads `10px` as 10, and what is no number as NaN.
    let px = js_sys::parse_float(&size);
    if px > 0.0 { px / 10.0 } else { 1.0 }
}

/// The upper left corner of an element in the window, in CSS pixels.
pub fn corner_of(element: &Element) -> (f64, f64) {
    let rect = element.get_bounding_client_rect();
    (rect.left(), rect.top())
}

/// The size of the window, in CSS pixels.
pub fn window_size() -> (f64, f64) {
    document().document_element().map_or((0.0, 0.0), |root| size_of(&root))
}

/// Shows an element with the attribute `popover` above everything else. A browser without popovers
/// shows it in its place.
pub fn show_popover(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.show_popover();
    }
}

/// The position of the pointer from the element's upper left corner, in CSS pixels.
pub fn place_in(element: &Element, event: &MouseEvent) -> (f64, f64) {
    from_corner(element, window_place(event))
}

/// A position in the window, from the element's upper left corner, in CSS pixels.
pub fn from_corner(element: &Element, (x, y): (f64, f64)) -> (f64, f64) {
    let (left, top) = corner_of(element);
    (x - left, y - top)
}

/// The position of the pointer in the window, in CSS pixels.
pub fn window_place(event: &MouseEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// Whether the pointer leaves the element with this event.
pub fn leaves(element: &Element, event: &PointerEvent) -> bool {
    let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
    !element.contains(to.as_ref())
}

/// Opens a dialog. The browser keeps the focus within a modal one.
pub fn open_dialog(dialog: &HtmlDialogElement, modal: bool) {
    if dialog.open() {
        return;
    }
    if modal {
        let _ = dialog.show_modal();
    } else {
        dialog.show();
    }
}

/// Sends the pointer's events to the element until the pointer is released.
pub fn capture_pointer(element: &Element, event: &PointerEvent) {
    let _ = element.set_pointer_capture(event.pointer_id());
}

/// Where an arrow key, Home or End moves the focus in a row of `count` elements.
pub fn next_place(event: &KeyboardEvent, current: usize, count: usize) -> Option<usize> {
    match event.key().as_str() {
        _ if count == 0 => None,
        "ArrowRight" | "ArrowDown" => Some((current + 1) % count),
        "ArrowLeft" | "ArrowUp" => Some((current + count - 1) % count),
        "Home" => Some(0),
        "End" => Some(count - 1),
        _ => None,
    }
}

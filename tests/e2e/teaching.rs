//! The frames of docs/teaching.md, in a page of another origin.

use crate::harness::visit_host_page;

const GUIDE: &str = include_str!("../../docs/teaching.md");

/// The blocks of HTML that stand below a heading, with the built page in their frames.
fn blocks(heading: &str, address: &str) -> String {
    let (_, rest) = GUIDE.split_once(&format!("## {heading}\n")).expect("the heading");
    let section = rest.split("\n## ").next().unwrap_or_default();
    let blocks = section.split("```html\n").skip(1).map(|rest| rest.split("```").next());
    blocks.flatten().collect::<String>().replace("https://example.org/raftarium/", address)
}

fn host(body: &str) -> String {
    format!("<!doctype html><title>Course</title><link rel=icon href='data:,'>{body}")
}

#[test]
fn the_cluster_of_a_book_opens() {
    visit_host_page(
        |address| host(&blocks("mdBook", address)),
        |page| {
            page.wait_for("document.querySelector('raftarium-cluster').state");
            page.wait_for(
                "document.querySelector('raftarium-cluster').state()
                    .then(({ servers }) => servers.length === 5)",
            );
        },
    );
}

/// What the script of the guide uses of Reveal, with a second slide.
const SLIDES: &str = "<script>
  const listeners = {};
  const slides = () => [...document.querySelectorAll('section')];
  window.Reveal = {
    on: (event, listener) => { listeners[event] = listener; },
    isReady: () => false,
    getCurrentSlide: () => slides()[0],
  };
  const turn = (event, slide) => listeners[event]({ currentSlide: slides()[slide] });
</script><section>Title</section>";

#[test]
fn the_cluster_of_a_slide_plays_while_it_is_in_sight() {
    let deck = |address: &str| host(&format!("{SLIDES}{}", blocks("Reveal", address)));
    visit_host_page(deck, |page| {
        let state = |test: &str| {
            page.wait_for(&format!(
                "document.querySelector('raftarium-cluster').state().then(state => {test})"
            ));
        };
        page.wait_for("document.querySelector('raftarium-cluster').state");
        page.eval("turn('ready', 0), null");
        state("state.servers.length === 3 && state.time === 0 && !state.playing");
        page.eval("turn('slidechanged', 1), null");
        state("state.playing && state.time > 0");
        page.eval("turn('slidechanged', 0), null");
        state("!state.playing");
    });
}

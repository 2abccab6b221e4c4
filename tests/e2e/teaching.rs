//! The frames of docs/teaching.md, in a page of another origin.

use crate::harness::visit_host_page;

const GUIDE: &str = include_str!("../../docs/teaching.md");

/// The block of HTML that stands below a heading, with the built page in its frame.
fn block(heading: &str, address: &str) -> String {
    let (_, rest) = GUIDE.split_once(&format!("## {heading}\n")).expect("the heading");
    let (_, rest) = rest.split_once("```html\n").expect("a block");
    let (html, _) = rest.split_once("```").expect("its end");
    html.replace("https://example.org/raftarium/", address)
}

fn host(body: &str) -> String {
    format!("<!doctype html><title>Course</title><link rel=icon href='data:,'>{body}")
}

#[test]
fn the_cluster_of_a_book_opens() {
    visit_host_page(
        |address| host(&block("mdBook", address)),
        |page| {
            page.wait_for("document.querySelector('raftarium-cluster').state");
            page.wait_for(
                "document.querySelector('raftarium-cluster').state()
                    .then(({ servers }) => servers.length === 5)",
            );
        },
    );
}

/// The slides load the element as the book does.
#[test]
fn the_cluster_of_a_slide_opens_and_plays() {
    let slide = |address: &str| {
        let book = block("mdBook", address);
        let (load, _) = book.split_once("\n\n").expect("the line that loads the element");
        host(&format!("{load}{}", block("Reveal", address)))
    };
    visit_host_page(slide, |page| {
        page.wait_for("document.querySelector('raftarium-cluster').state");
        page.wait_for(
            "document.querySelector('raftarium-cluster').state()
                .then(({ servers, time }) => servers.length === 3 && time > 0)",
        );
    });
}

//! In the browser: mounts the page. Natively: the command line `raftarium`.

#[cfg(target_arch = "wasm32")]
fn main() {
    use yew::prelude::*;

    #[component]
    fn App() -> Html {
        html! { <main><h1>{ "Raftarium" }</h1></main> }
    }

    yew::Renderer::<App>::new().render();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("raftarium {}", env!("CARGO_PKG_VERSION"));
}

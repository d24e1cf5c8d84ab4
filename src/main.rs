//! Mounts the page.

use yew::prelude::*;

/// The page.
#[component]
fn App() -> Html {
    html! { "Readout" }
}

fn main() {
    yew::Renderer::<App>::new().render();
}

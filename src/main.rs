//! Mounts the page.

fn main() {
    yew::Renderer::<readout::app::view::Root>::with_root(readout::browser::dom::mount_point()).render();
}

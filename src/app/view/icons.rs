//! Line drawings of the buttons, on a grid of 20 by 20.

use yew::prelude::*;

/// One drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Icon {
    Menu,
    Mark,
    Undo,
    Redo,
    Find,
    Download,
    Add,
    Close,
    Up,
    Down,
    More,
    Check,
    Warn,
    Paste,
    Folder,
    FoldSide,
    FoldInspector,
}

/// The drawing as an element that screen readers pass over.
pub(super) fn icon(icon: Icon) -> Html {
    let path = match icon {
        Icon::Menu => "M3 6h14M3 10h14M3 14h14",
        Icon::Mark => "M3 4v12M7 5h10M7 10h10M7 15h6",
        Icon::Undo => "M4 8h8a4 4 0 0 1 0 8H8M4 8l4-4M4 8l4 4",
        Icon::Redo => "M16 8H8a4 4 0 0 0 0 8h4M16 8l-4-4M16 8l-4 4",
        Icon::Find => "M14 9A5 5 0 1 1 4 9a5 5 0 0 1 10 0zM13 13l4 4",
        Icon::Download => "M10 3v10M6 9l4 4 4-4M4 17h12",
        Icon::Add => "M10 4v12M4 10h12",
        Icon::Close => "M5 5l10 10M15 5L5 15",
        Icon::Up => "M5 12l5-5 5 5",
        Icon::Down => "M5 8l5 5 5-5",
        Icon::More => {
            "M4 10a1 1 0 1 0 2 0a1 1 0 1 0-2 0zM9 10a1 1 0 1 0 2 0a1 1 0 1 0-2 0zM14 10a1 1 0 1 0 2 0a1 1 0 1 0-2 0z"
        }
        Icon::Check => "M4 10l4 4 8-9",
        Icon::FoldSide => "M3 4h14v12H3zM8 4v12",
        Icon::FoldInspector => "M3 4h14v12H3zM12 4v12",
        Icon::Paste => "M7 4H5v13h10V4h-2M7 3h6v3H7z",
        Icon::Folder => "M3 5h5l2 2h7v9H3z",
        Icon::Warn => "M10 3l8 14H2zM10 8v4M10 14.5h.01",
    };
    html! { <svg viewBox="0 0 20 20" aria-hidden="true"><path d={path} /></svg> }
}

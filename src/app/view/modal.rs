//! Dialogs of the browser's own: focus stays in them, and Escape closes them.

use yew::prelude::*;

/// The reference for a `<dialog>` that opens over the page as soon as it is there.
#[hook]
pub(super) fn use_modal() -> NodeRef {
    let node = use_node_ref();
    let dialog = node.clone();
    use_effect_with((), move |()| {
        if let Some(dialog) = dialog.cast::<web_sys::HtmlDialogElement>()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    });
    node
}

//! What happens because of the state, and what the browser brings in: the only callers of `browser` besides
//! `hands` and `session`.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::hands::Hands;
use super::keys::{Command, Press};
use super::state::{Settings, State, Theme};
use crate::browser::dom;
use crate::browser::files::{Dropped, files_of};

/// Everything that follows from the state.
#[hook]
pub(super) fn use_effects(hands: &Hands, state: &State) {
    hands.remember(state);
    {
        let hands = hands.clone();
        use_effect_with((), move |()| {
            hands.start();
            let listeners = listeners(&hands);
            move || drop(listeners)
        });
    }
    {
        // A step is in the journal before the frame that shows it: effects run in the task that rendered.
        let hands = hands.clone();
        let desk = state.desk.as_ref();
        let key = desk.map(|desk| (desk.document.article.id.clone(), desk.revision));
        let waiting = desk.map_or(0, |desk| desk.outbox.len());
        use_effect_with((key, waiting), move |(_, waiting)| {
            if *waiting > 0 {
                hands.write();
            }
        });
    }
    {
        let hands = hands.clone();
        let place = state.desk.as_ref().map(|desk| (desk.document.article.id.clone(), desk.current));
        use_effect_with(place, move |place| {
            if let Some((id, current)) = place {
                hands.keep_place(id, *current);
            }
        });
    }
    {
        // What is taught is learnt once the step is kept and shown.
        let hands = hands.clone();
        let desk = state.desk.as_ref();
        let key = desk.map(|desk| {
            let set = &desk.document.set;
            let sentences = set.outline.sentences().len();
            (desk.document.article.id.clone(), desk.taught.len(), sentences, set.proposed.is_none())
        });
        use_effect_with((key, state.settings.suggest_from), move |(key, _)| {
            if key.is_some() {
                hands.study();
            }
        });
    }
    {
        let hands = hands.clone();
        let is_read = state.is_ready;
        use_effect_with((state.settings.clone(), is_read), move |(settings, is_read)| {
            apply(settings);
            if *is_read {
                hands.keep_settings(settings);
            }
        });
    }
    {
        let open = state.desk.as_ref().map(|desk| desk.document.article.id.clone());
        let is_ready = state.is_ready;
        use_effect_with((open, is_ready), move |(open, is_ready)| {
            // Ready once the article answers to keys, or once it is clear that there is none.
            if open.is_some() || *is_ready {
                dom::set_root_attribute("data-ready", Some(""));
                dom::mark("readout:ready");
            }
        });
    }
    {
        let version = state.desk.as_ref().map_or(0, |desk| desk.version);
        use_effect_with(version, move |version| {
            if *version > 0 {
                dom::measure("readout:tag", "readout:press");
            }
        });
    }
}

fn apply(settings: &Settings) {
    let theme = match settings.theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    };
    dom::set_root_attribute("data-theme", theme);
}

/// Listeners on the whole document: keys, pasting, dropping, the page going away.
fn listeners(hands: &Hands) -> Vec<EventListener> {
    let document = gloo::utils::document();
    let window = gloo::utils::window();
    let active = EventListenerOptions::enable_prevent_default();
    let on = |name: &'static str, run: fn(&Hands, &Event)| {
        let hands = hands.clone();
        EventListener::new_with_options(&document, name, active, move |event| run(&hands, event))
    };
    let leave = {
        let hands = hands.clone();
        EventListener::new(&window, "pagehide", move |_| hands.leave())
    };
    let ask = {
        let hands = hands.clone();
        EventListener::new_with_options(&window, "beforeunload", active, move |event| {
            hands.write();
            if hands.is_anything_unkept() {
                event.prevent_default();
                // Older browsers ask only when this is set. Setting a field cannot fail.
                let _ = js_sys::Reflect::set(event, &"returnValue".into(), &true.into());
            }
        })
    };
    vec![
        on("keydown", key_down),
        on("paste", paste),
        on("mousedown", hold_focus),
        on("dragstart", keep_in_place),
        on("dragover", |_, event| event.prevent_default()),
        on("drop", drop_files),
        leave,
        ask,
    ]
}

fn key_down(hands: &Hands, event: &Event) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
    // 229: the key belongs to an input method.
    if event.is_composing() || event.key_code() == 229 || event.default_prevented() {
        return;
    }
    let press = Press {
        key: event.key(),
        code: event.code(),
        ctrl: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
    };
    let state = hands.latest();
    if press.key == "Escape" && hands.escape() {
        event.prevent_default();
        return;
    }
    let labels = state.desk.as_ref().map_or(0, |desk| desk.document.codebook.labels.len());
    let Some(command) = press.command(labels) else { return };
    let is_global = matches!(command, Command::Open | Command::Download);
    if !is_global {
        // Ctrl+Z in a field is the field's; an open dialog keeps its keys.
        if dom::is_typing() || dom::is_dialog_open() {
            return;
        }
        if press.is_character() && (!state.settings.letter_keys || !dom::is_sentence_focused()) {
            return;
        }
    }
    event.prevent_default();
    hands.press(command);
}

/// A press on a button leaves the focus on the sentence, so that keys go on acting, and leaves selected words
/// selected. A field that has the focus gives it up as always, so that a note is kept before it is downloaded.
fn hold_focus(_: &Hands, event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let button = target.and_then(|target| target.closest(".desk button").ok().flatten());
    if button.is_some() && dom::is_sentence_focused() {
        event.prevent_default();
    }
}

/// Words of the article are not dragged: dropped on the page again they would open as an article.
fn keep_in_place(_: &Hands, event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    let element =
        target.and_then(|node| node.dyn_ref::<web_sys::Element>().cloned().or_else(|| node.parent_element()));
    if element.is_some_and(|element| element.closest("main").is_ok_and(|main| main.is_some())) {
        event.prevent_default();
    }
}

fn paste(hands: &Hands, event: &Event) {
    let Some(event) = event.dyn_ref::<web_sys::ClipboardEvent>() else { return };
    if dom::is_typing() || dom::is_dialog_open() {
        return;
    }
    let Some(data) = event.clipboard_data() else { return };
    if let Some(files) = data.files().filter(|files| files.length() > 0) {
        event.prevent_default();
        hands.open_files(files_of(&files));
        return;
    }
    if take_words(hands, &data) {
        event.prevent_default();
    }
}

/// Opens the words that were pasted or dropped, rich ones with their headings and lists. Says whether there were
/// any.
fn take_words(hands: &Hands, data: &web_sys::DataTransfer) -> bool {
    let get = |kind: &str| data.get_data(kind).unwrap_or_default();
    let (plain, html) = (get("text/plain"), get("text/html"));
    if !html.trim().is_empty() {
        hands.open_rich(html, plain);
        return true;
    }
    let is_any = !plain.is_empty();
    if is_any {
        hands.open_text(plain);
    }
    is_any
}

fn drop_files(hands: &Hands, event: &Event) {
    let Some(event) = event.dyn_ref::<DragEvent>() else { return };
    let Some(data) = event.data_transfer() else { return };
    let in_field = event.target().is_some_and(|target| {
        target
            .dyn_ref::<web_sys::Element>()
            .is_some_and(|element| element.matches("textarea, input").unwrap_or(false))
    });
    let dropped = Dropped::of(&data);
    if !dropped.is_empty() {
        event.prevent_default();
        hands.open_dropped(dropped);
    } else if !in_field {
        event.prevent_default();
        take_words(hands, &data);
    }
}

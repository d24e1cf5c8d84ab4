//! The sheet behind `?`: every key, made from the table that handles them, and the settings.

use std::rc::Rc;

use yew::prelude::*;

use super::coder_name::CoderName;
use super::icons::{Icon, icon};
use super::modal::use_modal;
use crate::annotation::Codebook;
use crate::app::hands::Hands;
use crate::app::keys::{BINDINGS, Binding, GROUPS, POINTER_WAYS};
use crate::app::state::{Settings, Theme};
use crate::app::words::say;

/// What the sheet shows.
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct KeysSheetProps {
    pub codebook: Rc<Codebook>,
    pub settings: Settings,
}

/// The sheet: a dialog of the browser's own, so that focus stays in it and Escape closes it.
#[component]
pub(super) fn KeysSheet(props: &KeysSheetProps) -> Html {
    let Some(hands) = use_context::<Hands>() else { return html! {} };
    let node = use_modal();
    let close = {
        let hands = hands.clone();
        Callback::from(move |()| hands.close_panel())
    };
    let onclose = close.reform(|_: Event| ());
    let onclick = close.reform(|_: MouseEvent| ());
    let groups = GROUPS.iter().enumerate().map(|(group, words)| {
        let labels = (*words == "keys.tag").then(|| {
            props.codebook.labels.iter().map(|label| {
                html! { <div><dt><kbd>{ &label.key }</kbd></dt><dd>{ &label.name }</dd></div> }
            })
        });
        html! {
            <section>
                <h3>{ say(words) }</h3>
                <dl>
                    { for labels.into_iter().flatten() }
                    { for rows(group).into_iter().map(|(words, keys)| html! {
                        <div>
                            <dt>{ for keys.into_iter().map(|key| html! { <><kbd>{ key }</kbd>{ " " }</> }) }</dt>
                            <dd>{ say(words) }</dd>
                        </div>
                    }) }
                    { for POINTER_WAYS.iter().filter(|(at, ..)| *at == group).map(|(_, how, words)| html! {
                        <div><dt class="small quiet">{ say(how) }</dt><dd>{ say(words) }</dd></div>
                    }) }
                </dl>
            </section>
        }
    });
    html! {
        <dialog ref={node} class="keys" aria-label={say("keys")} {onclose}>
            <header>
                <h2>{ say("keys") }</h2>
                <button class="tool close" aria-label={say("close")} title={say("close")} {onclick}>
                    { icon(Icon::Close) }
                </button>
            </header>
            <p class="quiet small">{ say("keys.when") }</p>
            <div class="cols">{ for groups }</div>
            { settings(&hands, &props.settings) }
        </dialog>
    }
}

/// Lines of a group: their words, and the keys that mean them.
fn rows(group: usize) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut rows: Vec<(&str, Vec<&str>)> = Vec::new();
    let bindings: Vec<&Binding> = BINDINGS.iter().filter(|binding| binding.group == group).collect();
    for binding in bindings {
        match rows.iter_mut().find(|(words, _)| *words == binding.words) {
            Some((_, keys)) => keys.push(binding.shown),
            None => rows.push((binding.words, vec![binding.shown])),
        }
    }
    rows
}

fn settings(hands: &Hands, settings: &Settings) -> Html {
    let choice = |is_on: bool, words: &str, next: Settings| {
        let hands = hands.clone();
        let onclick = Callback::from(move |_: MouseEvent| hands.set(next.clone()));
        html! { <button aria-pressed={is_on.to_string()} {onclick}>{ say(words) }</button> }
    };
    let theme = |theme: Theme, words: &str| {
        choice(settings.theme == theme, words, Settings { theme, ..settings.clone() })
    };
    let flow =
        |flow: bool, words: &str| choice(settings.flow == flow, words, Settings { flow, ..settings.clone() });
    let letters = |letter_keys: bool, words: &str| {
        choice(settings.letter_keys == letter_keys, words, Settings { letter_keys, ..settings.clone() })
    };
    let row = |words: &str, choices: Html| {
        html! {
            <div class="field">
                <span>{ say(words) }</span>
                <span class="seg" role="group" aria-label={say(words)}>{ choices }</span>
            </div>
        }
    };
    html! {
        <section class="settings">
            <h3>{ say("settings") }</h3>
            <div class="field"><CoderName id="coder-setting" /></div>
            { row("settings.theme", html! { <>
                { theme(Theme::System, "settings.theme.system") }
                { theme(Theme::Light, "settings.theme.light") }
                { theme(Theme::Dark, "settings.theme.dark") }
            </> }) }
            { row("settings.layout", html! { <>
                { flow(false, "settings.layout.lines") }
                { flow(true, "settings.layout.flow") }
            </> }) }
            { row("settings.keys", html! { <>
                { letters(true, "settings.keys.on") }
                { letters(false, "settings.keys.off") }
            </> }) }
        </section>
    }
}

//! The top bar: title, progress, what was last done with its undo, find, keys, download.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use super::icons::{Icon, icon};
use super::title::Title;
use crate::app::hands::Hands;
use crate::app::keys::{Command, shown};
use crate::app::state::{Action, Panel, Side};
use crate::app::words::{grouped, say, say_with};

/// What the top bar shows.
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct TopProps {
    pub title: AttrValue,
    /// Judged and counted sentences; `None` when nothing is open.
    pub progress: Option<(u32, u32)>,
    /// What was last done, in words.
    pub told: Option<AttrValue>,
    /// Whether what was last done can be undone from here.
    pub told_undo: bool,
    /// What undo and redo would do, in words.
    pub undo: Option<AttrValue>,
    pub redo: Option<AttrValue>,
    pub can_edit: bool,
    /// Sides that are folded away.
    pub folded: BTreeSet<Side>,
}

/// The top bar.
#[component]
pub(super) fn Top(props: &TopProps) -> Html {
    let Some(hands) = use_context::<Hands>() else { return html! {} };
    let run = |command: Command| {
        let hands = hands.clone();
        Callback::from(move |_: MouseEvent| hands.run(command))
    };
    let dispatch = |action: Action| {
        let hands = hands.clone();
        Callback::from(move |_: MouseEvent| hands.dispatch(action.clone()))
    };
    let progress = props.progress.map(|(judged, counted)| {
        let (n, all) = (grouped(judged as usize), grouped(counted as usize));
        say_with("top.progress", &[("n", &n), ("all", &all)])
    });
    let has_article = props.progress.is_some();
    let with = |key: &str, what: &Option<AttrValue>| match what {
        Some(what) => say_with(&format!("{key}.what"), &[("what", what)]),
        None => say(key),
    };
    let fold = |command: Command, drawing: Icon, words: &str, side: Side| {
        let is_shown = !props.folded.contains(&side);
        html! {
            <button
                class={classes!("tool", "wide", "fold", (side == Side::Side).then_some("fold-side"))}
                aria-label={say(words)}
                title={format!("{} ({})", say(words), shown(command))}
                aria-pressed={is_shown.to_string()}
                onclick={run(command)}
            >
                { icon(drawing) }
            </button>
        }
    };
    let undo = with("top.undo", &props.undo);
    let redo = with("top.redo", &props.redo);
    html! {
        <header class="top">
            <button
                class="tool narrow"
                aria-label={say("top.menu")}
                title={say("top.menu")}
                onclick={dispatch(Action::ShowSheet(Some(Side::Side)))}
            >
                { icon(Icon::Menu) }
            </button>
            <div class="mark">{ icon(Icon::Mark) }<span>{ "Readout" }</span></div>
            <Title title={props.title.clone()} is_open={has_article} can_edit={props.can_edit} />
            <span class="progress">{ progress }</span>
            <div class="told">
                if let Some(told) = &props.told {
                    <span>{ told.clone() }</span>
                    if props.told_undo {
                        <button onclick={run(Command::Undo)}>{ say("told.undo") }</button>
                    }
                }
            </div>
            <span class="gap"></span>
            <button
                class="tool wide"
                aria-label={undo.clone()}
                title={undo}
                disabled={!props.can_edit || props.undo.is_none()}
                onclick={run(Command::Undo)}
            >
                { icon(Icon::Undo) }
            </button>
            <button
                class="tool wide"
                aria-label={redo.clone()}
                title={redo}
                disabled={!props.can_edit || props.redo.is_none()}
                onclick={run(Command::Redo)}
            >
                { icon(Icon::Redo) }
            </button>
            <button
                class="tool"
                aria-label={say("top.find")}
                title={say("top.find")}
                disabled={!has_article}
                onclick={run(Command::Find)}
            >
                { icon(Icon::Find) }
            </button>
            { fold(Command::FoldSide, Icon::FoldSide, "top.fold.side", Side::Side) }
            { fold(Command::FoldInspector, Icon::FoldInspector, "top.fold.inspector", Side::Inspector) }
            <button
                class="tool"
                aria-label={say("top.keys")}
                title={say("top.keys")}
                onclick={dispatch(Action::ShowPanel(Some(Panel::Keys)))}
            >
                { "?" }
            </button>
            <button
                class="tool primary"
                aria-label={say("top.download")}
                title={say("top.download.title")}
                disabled={!has_article}
                onclick={run(Command::Download)}
            >
                { icon(Icon::Download) }
                <span>{ say("top.download") }</span>
            </button>
        </header>
    }
}

/// Words that assistive technology reads out when they change.
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct LiveProps {
    pub words: Rc<str>,
}

/// The live region, outside the article.
#[component]
pub(super) fn Live(props: &LiveProps) -> Html {
    html! { <div class="v-hidden" role="status" aria-live="polite">{ props.words.to_string() }</div> }
}

//! The labels under the thumb, on narrow screens.

use std::rc::Rc;

use yew::prelude::*;

use super::icons::{Icon, icon};
use crate::annotation::{Codebook, Id};
use crate::app::hands::Hands;
use crate::app::keys::Command;
use crate::app::state::{Action, Side};
use crate::app::words::say;

/// What the dock shows.
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct DockProps {
    pub codebook: Rc<Codebook>,
    /// "6 of 12".
    pub place: AttrValue,
    /// What stands on the sentence, or what was last done.
    pub told: AttrValue,
    /// Labels that the coder has put on the current sentence.
    pub labels: Rc<Vec<Id>>,
    pub is_none: bool,
    pub can_undo: bool,
    pub can_redo: bool,
    pub can_edit: bool,
}

/// The dock.
#[component]
pub(super) fn Dock(props: &DockProps) -> Html {
    let Some(hands) = use_context::<Hands>() else { return html! {} };
    let run = |command: Command| {
        let hands = hands.clone();
        Callback::from(move |_: MouseEvent| hands.press(command))
    };
    let tool = |command: Command, drawing: Icon, words: &str, disabled: bool| {
        html! {
            <button class="tool" aria-label={say(words)} title={say(words)} {disabled} onclick={run(command)}>
                { icon(drawing) }
            </button>
        }
    };
    let details = {
        let hands = hands.clone();
        Callback::from(move |_: MouseEvent| hands.dispatch(Action::ShowSheet(Some(Side::Inspector))))
    };
    let labels = props.codebook.labels.iter().enumerate().map(|(index, label)| {
        let is_on = props.labels.contains(&label.id);
        html! {
            <button
                key={label.id.as_str()}
                class={classes!("label", format!("c-{}", label.color))}
                aria-pressed={is_on.to_string()}
                disabled={!props.can_edit}
                onclick={run(Command::Label(index))}
            >
                <span class="letter">{ label.letter() }</span>
                <span>{ &label.name }</span>
            </button>
        }
    });
    html! {
        <footer class="dock" aria-label={say("dock")}>
            <div class="line">
                <span class="small">{ &props.place }<br /><span class="quiet">{ &props.told }</span></span>
                // Before the undo, which stays under the thumb.
                if props.can_redo {
                    { tool(Command::Redo, Icon::Redo, "top.redo", false) }
                }
                { tool(Command::Undo, Icon::Undo, "top.undo", !props.can_undo) }
                <button
                    class="tool none"
                    title={say("label.none")}
                    aria-pressed={props.is_none.to_string()}
                    disabled={!props.can_edit}
                    onclick={run(Command::NoLabel)}
                >
                    { say("label.none.short") }
                </button>
                { tool(Command::Previous, Icon::Up, "dock.previous", false) }
                { tool(Command::Next, Icon::Down, "dock.next", false) }
                <button class="tool" aria-label={say("dock.details")} title={say("dock.details")} onclick={details}>
                    { icon(Icon::More) }
                </button>
            </div>
            <div class="row">{ for labels }</div>
        </footer>
    }
}

//! Nothing open: what the tool is for, and three ways in.

use yew::prelude::*;

use crate::app::hands::Hands;
use crate::app::keys::{Command, shown};
use crate::app::state::{Action, Panel};
use crate::app::words::say;

/// The empty page.
#[component]
pub(super) fn Empty() -> Html {
    let Some(hands) = use_context::<Hands>() else { return html! {} };
    let press = |press: fn(&Hands)| {
        let hands = hands.clone();
        Callback::from(move |_: MouseEvent| press(&hands))
    };
    html! {
        <div class="empty">
            <p>{ say("empty") }</p>
            <div class="drop">
                { say("empty.drop") }
                <div class="row">
                    <button class="do" onclick={press(Hands::choose_files)}>
                        { say("empty.choose") }{ " " }<kbd>{ shown(Command::Open) }</kbd>
                    </button>
                    <button class="do" onclick={press(Hands::choose_folder)}>{ say("side.folder") }</button>
                    <button class="do" onclick={press(|hands| hands.dispatch(Action::ShowPanel(Some(Panel::Paste))))}>
                        { say("empty.paste") }
                    </button>
                    <button class="do" onclick={press(Hands::open_sample)}>{ say("empty.sample") }</button>
                </div>
            </div>
        </div>
    }
}

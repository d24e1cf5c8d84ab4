//! What the page has to say: what happened, what was kept, what to do.

use std::rc::Rc;

use yew::prelude::*;

use super::coder_name::CoderName;
use super::icons::{Icon, icon};
use crate::app::hands::Hands;
use crate::app::keys::Command;
use crate::app::state::{Action, Level, Notice, Opening, Topic};
use crate::app::words::{grouped, say, say_with};

/// What is shown.
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct NoticesProps {
    pub notices: Rc<Vec<Notice>>,
    /// How far opening files has come.
    pub opening: Option<Opening>,
}

/// The notices, in a row of their own above the page: they cover nothing.
#[component]
pub(super) fn Notices(props: &NoticesProps) -> Html {
    let Some(hands) = use_context::<Hands>() else { return html! {} };
    let opening = props.opening.as_ref().map(|Opening { done, all, name }| {
        let (n, done, all) = (grouped(done + 1), done.to_string(), all.to_string());
        let key = if all == "1" { "opening.file" } else { "opening" };
        let words = say_with(key, &[("n", &n), ("all", &all), ("name", name)]);
        let stop = {
            let hands = hands.clone();
            Callback::from(move |_: MouseEvent| hands.stop_opening())
        };
        html! {
            <div class="notice opening" data-level="info">
                <p>{ words.clone() }</p>
                <progress max={all} value={done} aria-label={words}></progress>
                <div class="row"><button class="do" onclick={stop}>{ say("opening.stop") }</button></div>
            </div>
        }
    });
    html! {
        <div class="notices">
            { opening }
            { for props.notices.iter().map(|notice| notice_view(&hands, notice)) }
        </div>
    }
}

fn notice_view(hands: &Hands, notice: &Notice) -> Html {
    let level = match notice.level {
        Level::Info => "info",
        Level::Warning => "warning",
        Level::Error => "error",
    };
    let button = |words: &str, press: fn(&Hands)| {
        let hands = hands.clone();
        html! { <button class="do" onclick={Callback::from(move |_: MouseEvent| press(&hands))}>{ say(words) }</button> }
    };
    let buttons = match notice.topic {
        Topic::Keeping => html! {
            <>
                { button("top.download", |hands| hands.run(Command::Download)) }
                { button("side.download-all", Hands::download_all) }
                { button("notice.keeping.again", Hands::write_again) }
            </>
        },
        Topic::Texts => button("side.download-all", Hands::download_all),
        Topic::Damage => button("notice.damage.download", Hands::download_damage),
        Topic::Follower => button("notice.follower.take", Hands::take_over),
        Topic::Coder => html! {
            <>
                <CoderName id="coder-asked" />
                { button("coder.later", |hands| hands.dispatch(Action::Dismiss(Topic::Coder))) }
            </>
        },
        Topic::Stopped => button("open.go-on", Hands::go_on_opening),
        Topic::Opening | Topic::Altered | Topic::Missing | Topic::Conflict | Topic::Weights => html! {},
    };
    let dismiss = {
        let (hands, topic) = (hands.clone(), notice.topic);
        Callback::from(move |_: MouseEvent| match topic {
            Topic::Stopped => hands.drop_waiting(),
            _ => hands.dispatch(Action::Dismiss(topic)),
        })
    };
    let can_dismiss = notice.topic != Topic::Follower;
    let role = if notice.level == Level::Error { "alert" } else { "status" };
    html! {
        <div key={format!("{:?}", notice.topic)} class="notice" data-level={level} {role}>
            <p>{ &notice.words }</p>
            if !notice.details.is_empty() {
                <ul>{ for notice.details.iter().map(|line| html! { <li>{ line }</li> }) }</ul>
            }
            <div class="row">{ buttons }</div>
            if can_dismiss {
                <button class="tool close" aria-label={say("close")} title={say("close")} onclick={dismiss}>
                    { icon(Icon::Close) }
                </button>
            }
        </div>
    }
}

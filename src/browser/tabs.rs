//! Words between tabs: who may write an article. What was written itself travels by storage events.

use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use crate::text::ArticleId;

const CHANNEL: &str = "readout";

/// What one tab says to all others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "say")]
pub enum TabMessage {
    /// "Please hand over": the writer writes what waits, drops its lock and answers [`TabMessage::HandedOver`].
    /// A tab that gets no answer within a second steals the lock.
    HandOver {
        /// Which article.
        article: ArticleId,
    },
    /// "It is yours."
    HandedOver {
        /// Which article.
        article: ArticleId,
        /// The last steps, which could be kept in no store, each as JSON.
        #[serde(default)]
        steps: Vec<String>,
    },
    /// "I have taken a step that local storage did not take, so that no event tells you."
    Stepped {
        /// Which article.
        article: ArticleId,
        /// The last step.
        revision: u64,
    },
    /// "I have changed the list of articles, or something else outside an article's journal."
    Changed,
}

/// The channel between the tabs of this page. Dropping it closes it.
#[derive(Debug)]
pub struct Tabs {
    channel: BroadcastChannel,
    _listener: Closure<dyn FnMut(MessageEvent)>,
}

impl Tabs {
    /// Opens the channel; `on_message` gets what other tabs say, never our own words. None where the browser has
    /// no such channel: then steal instead of asking.
    pub fn open(on_message: impl Fn(TabMessage) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(CHANNEL).ok()?;
        let listener = Closure::new(move |event: MessageEvent| {
            let message = event.data().as_string().and_then(|text| serde_json::from_str(&text).ok());
            // A newer build may say things that this one does not know.
            if let Some(message) = message {
                on_message(message);
            }
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        Some(Self { channel, _listener: listener })
    }

    /// Says something to all other tabs.
    pub fn say(&self, message: &TabMessage) {
        if let Ok(text) = serde_json::to_string(message) {
            // Fails only when the channel is closed, and then nobody listens.
            let _ = self.channel.post_message(&text.into());
        }
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}

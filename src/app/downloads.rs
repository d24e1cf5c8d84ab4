//! Downloads: one article, or all with what was learned.

use wasm_bindgen_futures::spawn_local;

use super::hands::Hands;
use super::state::{Action, Level, Notice, Topic};
use super::words::say_with;
use crate::annotation::Document;
use crate::browser::{clock, files};
use crate::exchange::{self, WriteOptions};
use crate::store::safe_file_name;

impl Hands {
    /// Downloads the open article.
    pub fn download(&self) {
        self.keep_typed();
        let Some(desk) = self.latest().desk else { return };
        let title = &desk.document.set.meta.title;
        let name = safe_file_name(title, ".readout.json");
        let json = self.written(&[&desk.document], false);
        if self.save_file(&name, &json) {
            let now = clock::now();
            self.keep_head(&desk.document, desk.revision, |head| {
                head.downloaded = Some(now);
                head.downloaded_rev = desk.revision;
            });
            self.dispatch(Action::Hint("told.downloaded"));
            self.ask_coder_name();
        }
    }

    /// Downloads every article.
    pub fn download_all(&self) {
        self.keep_typed();
        let hands = self.clone();
        spawn_local(async move {
            let mut documents: Vec<Document> = Vec::new();
            for head in hands.latest().shelf.iter() {
                documents.extend(hands.read(&head.id).await);
            }
            let json = hands.written(&documents.iter().collect::<Vec<_>>(), true);
            let day = exchange::format_time(clock::now()).unwrap_or_default();
            let day = day.get(..10).unwrap_or_default();
            if hands.save_file(&format!("readout-{day}.readout.json"), &json) {
                for document in &documents {
                    let id = &document.article.id;
                    let Some(revision) = hands.latest().head(id).map(|head| head.revision) else { continue };
                    let now = clock::now();
                    hands.keep_head(document, revision, |head| {
                        head.downloaded = Some(now);
                        head.downloaded_rev = revision;
                    });
                }
            }
        });
    }

    /// The documents as one file; `is_all`: with what was learned.
    fn written(&self, documents: &[&Document], is_all: bool) -> String {
        let mut options =
            WriteOptions { exported: Some(clock::now()), lines: true, ..WriteOptions::default() };
        if let Some(session) = self.session() {
            let carried = session.carried.borrow().clone();
            options.coders = std::iter::once(session.coder.borrow().clone()).chain(carried.coders).collect();
            options.extra = carried.extra;
            if is_all {
                options.learned = self.learner_for_file().or(carried.learned);
                options.names = carried.names;
            }
        }
        exchange::write(documents, &options)
    }

    /// Hands a file over; says so when the browser refuses.
    pub(super) fn save_file(&self, name: &str, contents: &str) -> bool {
        match files::download(name, "application/json", contents.as_bytes()) {
            Ok(()) => true,
            Err(reason) => {
                let words = say_with("download.failed", &[("reason", &reason)]);
                let notice = Notice::new(Topic::Opening, Level::Error, words);
                self.dispatch(Action::Say(notice));
                false
            }
        }
    }
}

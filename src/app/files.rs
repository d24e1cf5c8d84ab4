//! Files in and out: opening many at once with a report, and downloads.

use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

use super::hands::Hands;
use super::state::{Act, Action, Level, Notice, Topic};
use super::words::{count, say, say_with};
use crate::annotation::{Codebook, Document};
use crate::browser::{clock, files};
use crate::exchange::{self, Incoming, MAX_FILE_BYTES, WriteOptions};
use crate::store::safe_file_name;
use crate::text::ArticleId;

/// Lines of a report; more are counted.
const REPORTED: usize = 12;

/// Something to be opened.
pub(super) enum Source {
    /// A file that the user chose or dropped.
    File(web_sys::File),
    /// A name and bytes: pasted words, the sample.
    Bytes(String, Vec<u8>),
}

/// What opening came to.
#[derive(Default)]
struct Report {
    opened: usize,
    failed: Vec<String>,
    altered: Vec<String>,
    said: Vec<String>,
    first: Option<ArticleId>,
}

impl Hands {
    /// Opens files that the user chose or dropped.
    pub fn open_files(&self, files: Vec<web_sys::File>) {
        self.open_all(files.into_iter().map(Source::File).collect());
    }

    /// Opens bytes under a name.
    pub(super) fn open_bytes(&self, bytes: Vec<(String, Vec<u8>)>) {
        self.open_all(bytes.into_iter().map(|(name, bytes)| Source::Bytes(name, bytes)).collect());
    }

    fn open_all(&self, sources: Vec<Source>) {
        if sources.is_empty() {
            return;
        }
        let hands = self.clone();
        spawn_local(async move { hands.take_in(sources).await });
    }

    async fn take_in(self, sources: Vec<Source>) {
        let all = sources.len();
        let mut report = Report::default();
        self.take_stop();
        for (done, source) in sources.into_iter().enumerate() {
            if self.take_stop() {
                let (n, all) = (done.to_string(), all.to_string());
                report.said.push(say_with("open.stopped", &[("n", &n), ("all", &all)]));
                break;
            }
            if all > 1 {
                self.dispatch(Action::Opening(Some((done + 1, all))));
                // The page draws between two files.
                TimeoutFuture::new(0).await;
            }
            self.take_one(source, &mut report).await;
        }
        if all > 1 {
            self.dispatch(Action::Opening(None));
        }
        if let Some(id) = report.first.take() {
            let is_open = self.latest().desk.is_some_and(|desk| desk.document.article.id == id);
            if !is_open {
                self.bring(id, false).await;
            }
        } else if self.latest().desk.is_none() {
            self.dispatch(Action::Closed);
        }
        self.note_texts();
        self.tell(report, all);
    }

    async fn take_one(&self, source: Source, report: &mut Report) {
        let (name, bytes) = match source {
            Source::Bytes(name, bytes) => (name, bytes),
            Source::File(file) => match files::read(&file, MAX_FILE_BYTES as u64).await {
                Ok(bytes) => (file.name(), bytes),
                Err(files::ReadError::TooLarge { bytes, .. }) => {
                    let error =
                        exchange::OpenError::TooLarge { bytes: bytes as usize, limit: MAX_FILE_BYTES };
                    report.failed.push(line(&file.name(), &error.to_string()));
                    return;
                }
                Err(files::ReadError::Failed(_)) => {
                    report.failed.push(line(&file.name(), &say("open.unreadable")));
                    return;
                }
            },
        };
        let opened = match exchange::open(&name, &bytes) {
            Ok(opened) => opened,
            Err(error) => {
                report.failed.push(line(&name, &error.to_string()));
                return;
            }
        };
        drop(bytes);
        report.altered.extend(opened.warnings.iter().map(|warning| line(&name, &warning.to_string())));
        self.carry(&opened);
        let codebook = opened.codebook.unwrap_or_else(Codebook::standard);
        for incoming in opened.articles {
            self.take_article(&name, incoming, &codebook, report).await;
        }
    }

    async fn take_article(
        &self,
        name: &str,
        incoming: Incoming,
        codebook: &Rc<Codebook>,
        report: &mut Report,
    ) {
        let id = incoming.article.id.clone();
        let known = self.latest().shelf.iter().find(|head| head.id == id).cloned();
        if let Some(head) = known
            && self.read(&id).await.is_some()
        {
            self.take_known(name, &id, &head.title, &incoming, report).await;
            return;
        }
        let ready = incoming.into_document(crate::ENGINE, codebook, &self.stamp());
        report.altered.extend(ready.warnings.iter().map(|warning| line(name, &warning.to_string())));
        match self.add(&ready.document, ready.edit).await {
            Ok(()) => {
                report.opened += 1;
                report.first.get_or_insert(id);
            }
            Err(reason) => report.failed.push(line(name, &reason)),
        }
    }

    /// The text is here already: the article is opened, and what the file adds is added.
    async fn take_known(
        &self,
        name: &str,
        id: &ArticleId,
        title: &str,
        incoming: &Incoming,
        report: &mut Report,
    ) {
        if self.latest().desk.is_none_or(|desk| desk.document.article.id != *id) {
            self.bring(id.clone(), false).await;
        }
        // The reducer has the article by the next turn of the event loop.
        TimeoutFuture::new(0).await;
        let Some(desk) = self.latest().desk else { return };
        let merged = exchange::merge_edit(&desk.document, incoming, &mut self.stamp());
        report.altered.extend(merged.warnings.iter().map(|warning| line(name, &warning.to_string())));
        report.opened += 1;
        report.first.get_or_insert(id.clone());
        if let Some(codebook) = merged.codebook {
            self.add_labels(id, codebook).await;
        }
        let key = if merged.edit.is_some() { "open.merged" } else { "open.same" };
        report.said.push(say_with(key, &[("title", title)]));
        if let Some(edit) = merged.edit {
            self.act(Act::Put(Rc::new(edit)));
        }
    }

    /// Says what opening came to, when there is more to say than that one article is there.
    fn tell(&self, report: Report, all: usize) {
        let mut details = Vec::new();
        let mut words = report.said;
        let level = match (report.failed.is_empty(), report.altered.is_empty()) {
            (false, _) => Level::Error,
            (true, false) => Level::Warning,
            (true, true) => Level::Info,
        };
        if all > 1 || report.opened > 1 {
            words.insert(0, count("open.done", report.opened));
        }
        if !report.failed.is_empty() {
            words.push(count("open.failed", report.failed.len()));
        }
        if !report.altered.is_empty() {
            words.push(count("open.altered", report.altered.len()));
        }
        details.extend(report.failed);
        details.extend(report.altered);
        if details.len() > REPORTED {
            let more = details.len() - REPORTED;
            details.truncate(REPORTED);
            details.push(count("open.more", more));
        }
        if words.is_empty() {
            self.dispatch(Action::Dismiss(Topic::Opening));
        } else {
            let words = words.join(" ");
            self.dispatch(Action::Say(Notice { topic: Topic::Opening, level, words, details }));
        }
    }

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
                    let head = hands.latest().shelf.iter().find(|head| head.id == *id).cloned();
                    let Some(revision) = head.map(|head| head.revision) else { continue };
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
                options.learned = carried.learned;
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
                let notice =
                    Notice { topic: Topic::Opening, level: Level::Error, words, details: Vec::new() };
                self.dispatch(Action::Say(notice));
                false
            }
        }
    }
}

fn line(name: &str, reason: &str) -> String {
    let name = if name.is_empty() { say("open.pasted") } else { name.to_owned() };
    say_with("open.line", &[("name", &name), ("reason", reason)])
}

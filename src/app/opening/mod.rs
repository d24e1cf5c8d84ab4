//! Opening: many files at once, one after another, which can be stopped and gone on with, and a report at the end.

mod read;
mod report;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

use super::hands::Hands;
use super::state::{Action, Level, Notice, Opening, Topic};
use super::words::{count, say_with};
use crate::annotation::Codebook;
use crate::browser::clock;
use crate::browser::files::Dropped;
use crate::browser::importer::Importer;
use crate::exchange::{Incoming, Kind, Merged, Opened};
use crate::store::TextStore;
use crate::text::ArticleId;

use report::Report;

/// Articles of one opening that keep their order in the list, whatever is opened a millisecond later.
const MOST_AT_ONCE: i64 = 100_000;

/// Something to be opened.
#[derive(Clone)]
pub(super) enum Source {
    /// A file that the user chose or dropped, under its path in the folder it came in.
    File(String, web_sys::File),
    /// A name and bytes: pasted words, the sample.
    Bytes(String, Rc<[u8]>),
    /// Rich text from the clipboard, and the same as plain text.
    Rich(Rc<str>, Rc<str>),
    /// A file in an archive: by its place there, with its name.
    Entry(Rc<Folder>, usize, String),
}

/// An archive whose files wait to be opened.
pub(super) struct Folder {
    name: String,
    /// Where the archive itself comes from: it is read again when the worker that held it is gone.
    source: Source,
}

/// Files that wait to be opened, and what opening has come to so far.
#[derive(Default)]
pub(super) struct Queue {
    waiting: RefCell<VecDeque<Source>>,
    report: RefCell<Report>,
    is_running: Cell<bool>,
    is_stopped: Cell<bool>,
    /// Place in the list of the next article: the newest files stand first, in their own order.
    order: Cell<i64>,
    /// The worker that reads what needs a parser, while there is something for it.
    importer: RefCell<Option<Rc<Importer>>>,
    /// The archive that the worker holds.
    folder: RefCell<Option<Rc<Folder>>>,
}

/// What became of one source.
enum Outcome {
    /// It was opened.
    Opened(Box<Opened>),
    /// It is an archive with these files.
    Folder(Rc<Folder>, Vec<String>),
    /// It could not be: why.
    Failed(String),
    /// The user stopped it.
    Stopped,
}

impl Hands {
    /// Opens files that the user chose.
    pub fn open_files(&self, files: Vec<(String, web_sys::File)>) {
        self.open_all(files.into_iter().map(|(path, file)| Source::File(path, file)));
    }

    /// Opens what the user dropped: files, and all that lies in folders.
    pub(super) fn open_dropped(&self, dropped: Dropped) {
        let hands = self.clone();
        spawn_local(async move {
            let found = dropped.files().await;
            for folder in found.unread {
                hands.queue().report.borrow_mut().unreadable(&folder);
            }
            hands.open_files(found.files);
        });
    }

    /// Opens bytes under a name.
    pub(super) fn open_bytes(&self, name: &str, bytes: &[u8]) {
        self.open_all([Source::Bytes(name.into(), bytes.into())]);
    }

    /// Opens rich text from the clipboard; `plain` is the same without marks.
    pub(super) fn open_rich(&self, html: String, plain: String) {
        self.open_all([Source::Rich(html.into(), plain.into())]);
    }

    fn open_all(&self, sources: impl IntoIterator<Item = Source>) {
        self.queue().waiting.borrow_mut().extend(sources);
        self.go_on_opening();
    }

    /// Opens what waits.
    pub fn go_on_opening(&self) {
        let hands = self.clone();
        if !self.queue().is_running.replace(true) {
            spawn_local(async move { hands.take_in().await });
        }
    }

    /// Stops opening at once; the file that is being read waits with the others.
    pub fn stop_opening(&self) {
        self.queue().is_stopped.set(true);
        if let Some(importer) = self.queue().importer.borrow().as_ref() {
            importer.stop();
        }
    }

    /// Forgets the files that wait after a stop.
    pub fn drop_waiting(&self) {
        let queue = self.queue();
        if !queue.is_running.get() {
            queue.waiting.borrow_mut().clear();
            queue.report.take();
        }
        self.dispatch(Action::Dismiss(Topic::Stopped));
    }

    async fn take_in(self) {
        let queue = self.queue();
        queue.is_stopped.set(false);
        self.dispatch(Action::Dismiss(Topic::Stopped));
        self.dispatch(Action::Dismiss(Topic::Opening));
        self.dispatch(Action::Dismiss(Topic::Altered));
        if queue.report.borrow().taken() == 0 {
            queue.order.set(-clock::now().0 * MOST_AT_ONCE);
        }
        let mut here = self.texts_here().await;
        loop {
            let Some(source) = queue.waiting.borrow_mut().pop_front() else { break };
            let taken = queue.report.borrow().taken();
            let all = taken + 1 + queue.waiting.borrow().len();
            if all > 1 || source.may_take_long() {
                let name = source.name().to_owned();
                self.dispatch(Action::Opening(Some(Opening { done: taken, all, name })));
                // The page draws, and hears "Stop", between two files.
                TimeoutFuture::new(0).await;
            }
            let outcome =
                if queue.is_stopped.get() { Outcome::Stopped } else { self.read_source(&source).await };
            match outcome {
                Outcome::Opened(opened) => self.take_opened(&source, *opened, &mut here).await,
                Outcome::Folder(folder, names) => {
                    let entries = names.into_iter().enumerate();
                    let mut waiting = queue.waiting.borrow_mut();
                    for (index, name) in entries.rev() {
                        waiting.push_front(Source::Entry(folder.clone(), index, name));
                    }
                }
                Outcome::Failed(reason) => queue.report.borrow_mut().failed(source.name(), &reason),
                Outcome::Stopped => {
                    queue.waiting.borrow_mut().push_front(source);
                    break;
                }
            }
        }
        self.dispatch(Action::Opening(None));
        // The worker's memory goes with it.
        queue.importer.take();
        queue.folder.take();
        queue.is_running.set(false);
        if self.latest().desk.is_none() && queue.report.borrow().first().is_none() {
            self.dispatch(Action::Closed);
        }
        self.note_texts();
        self.tell();
    }

    /// Which articles' texts are kept here.
    async fn texts_here(&self) -> BTreeSet<ArticleId> {
        let Some(session) = self.session() else { return BTreeSet::new() };
        let ids = session.texts.ids().await;
        let shelf = || self.latest().shelf.iter().map(|head| head.id.clone()).collect();
        ids.map(|ids| ids.into_iter().collect()).unwrap_or_else(|_| shelf())
    }

    async fn take_opened(&self, source: &Source, opened: Opened, here: &mut BTreeSet<ArticleId>) {
        let queue = self.queue();
        let name = source.name();
        queue.report.borrow_mut().altered(name, &opened.warnings);
        self.carry(&opened);
        let codebook = opened.codebook.unwrap_or_else(Codebook::standard);
        for incoming in opened.articles {
            let id = incoming.article.id.clone();
            let title = self.latest().head(&id).map(|head| head.title.clone());
            match title {
                Some(title) if here.contains(&id) => self.take_known(name, &id, &title, &incoming).await,
                _ => {
                    let engine = self.engine().await;
                    let ready = incoming.into_document(&engine, &codebook, &self.stamp());
                    queue.report.borrow_mut().altered(name, &ready.warnings);
                    let order = queue.order.get();
                    match self.add(&ready.document, ready.edit, order).await {
                        Ok(()) => {
                            here.insert(id.clone());
                            queue.order.set(order + 1);
                            queue.report.borrow_mut().added();
                            self.taken(&id).await;
                        }
                        Err(reason) => queue.report.borrow_mut().failed(name, &reason),
                    }
                }
            }
        }
        queue.report.borrow_mut().file_done();
    }

    /// Shows the first article: those behind it do not pull the reader away.
    async fn taken(&self, id: &ArticleId) {
        let is_first = self.queue().report.borrow_mut().is_first(id);
        let is_open = self.latest().desk.is_some_and(|desk| desk.document.article.id == *id);
        if is_first && !is_open {
            self.bring(id.clone(), false).await;
        }
    }

    /// The text is here already: what the file adds is added, whether or not the article is open.
    async fn take_known(&self, name: &str, id: &ArticleId, title: &str, incoming: &Incoming) {
        let queue = self.queue();
        let merged = match incoming.kind {
            Kind::Fresh(_) => Ok(Merged::default()),
            Kind::Annotated(_) => self.merge(id, incoming).await,
        };
        match merged {
            Ok(merged) => {
                queue.report.borrow_mut().altered(name, &merged.warnings);
                queue.report.borrow_mut().known(title, merged.edit.is_some());
                self.taken(id).await;
            }
            Err(reason) => queue.report.borrow_mut().failed(&format!("{name}, {title}"), &reason),
        }
    }

    /// Says what opening came to, when there is more to say than that one article is there; and what waits.
    fn tell(&self) {
        let queue = self.queue();
        let left = queue.waiting.borrow().len();
        for notice in queue.report.borrow().notices() {
            self.dispatch(Action::Say(notice));
        }
        if left > 0 {
            let done = queue.report.borrow().taken().to_string();
            let words = say_with("open.stopped", &[("n", &done), ("left", &count("open.left", left))]);
            let notice = Notice::new(Topic::Stopped, Level::Info, words);
            self.dispatch(Action::Say(notice));
        } else {
            queue.report.take();
        }
    }
}

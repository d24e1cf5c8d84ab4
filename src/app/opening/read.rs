//! Reading one source: here what needs no parser, in the worker what does.

use std::rc::Rc;

use super::{Folder, Outcome, Source};
use crate::app::hands::Hands;
use crate::app::words::{say, say_with};
use crate::browser::files;
use crate::browser::importer::{ImportError, Importer};
use crate::exchange::{self, Format, MAX_FILE_BYTES, OpenError, Reply};

impl Source {
    /// What the user knows it by; empty for pasted words.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::File(path, _) => path,
            Self::Bytes(name, _) | Self::Entry(_, _, name) => name,
            Self::Rich(..) => "",
        }
    }

    /// Whether it may take long enough that the page should say what it does.
    pub(super) fn may_take_long(&self) -> bool {
        match self {
            Self::File(_, file) => file.size() > 1_000_000.0 || Format::of(&file.name(), b"").needs_import(),
            Self::Bytes(_, bytes) => bytes.len() > 1_000_000,
            Self::Rich(html, _) => html.len() > 100_000,
            Self::Entry(..) => true,
        }
    }
}

impl Hands {
    pub(super) async fn read_source(&self, source: &Source) -> Outcome {
        match source {
            Source::File(path, file) => {
                // The path is what the user knows it by; the name is what an importer goes by.
                match bytes_of(file).await {
                    Ok(bytes) => self.read_bytes(source, path, &bytes, false).await,
                    Err(reason) => Outcome::Failed(reason),
                }
            }
            Source::Bytes(name, bytes) => self.read_bytes(source, name, bytes, false).await,
            Source::Rich(html, plain) => self.read_rich(source, html, plain).await,
            Source::Entry(folder, index, name) => match self.unpack(folder, *index).await {
                Ok(bytes) => self.read_bytes(source, name, &bytes, true).await,
                Err(error) => self.import_failed(error),
            },
        }
    }

    async fn read_bytes(&self, source: &Source, path: &str, bytes: &[u8], is_inside: bool) -> Outcome {
        let name = path.rsplit('/').next().unwrap_or(path);
        if !Format::of(name, bytes).needs_import() {
            return open_here(name, bytes);
        }
        let importer = match self.importer().await {
            Ok(importer) => importer,
            Err(error) => return self.import_failed(error),
        };
        match importer.open_file(name, bytes, is_inside).await {
            Ok(reply) => self.read_reply(source, &reply),
            Err(error) => self.import_failed(error),
        }
    }

    fn read_reply(&self, source: &Source, reply: &str) -> Outcome {
        match serde_json::from_str(reply) {
            Ok(Reply::Article(article)) => Outcome::Opened(Box::new(article.into_opened())),
            Ok(Reply::Folder { names, warnings }) => {
                let folder = Rc::new(Folder { name: source.name().to_owned(), source: source.clone() });
                self.queue().report.borrow_mut().altered(&folder.name, &warnings);
                *self.queue().folder.borrow_mut() = Some(folder.clone());
                let names = names.into_iter().map(|name| format!("{}/{name}", folder.name)).collect();
                Outcome::Folder(folder, names)
            }
            Ok(Reply::Refused(reason)) => Outcome::Failed(reason),
            Err(error) => Outcome::Failed(error.to_string()),
        }
    }

    /// Rich text, or the plain text that came with it when the importers cannot be had.
    async fn read_rich(&self, source: &Source, html: &str, plain: &str) -> Outcome {
        let reply = match self.importer().await {
            Ok(importer) => importer.open_paste(html).await,
            Err(error) => Err(error),
        };
        let outcome = match reply {
            Ok(reply) => self.read_reply(source, &reply),
            Err(error) => self.import_failed(error),
        };
        match outcome {
            // The plain text is as good as can be had.
            Outcome::Failed(_) => open_here("", plain.as_bytes()),
            outcome => outcome,
        }
    }

    /// The bytes of a file in an archive, which is opened again when the worker no longer holds it.
    async fn unpack(&self, folder: &Rc<Folder>, index: usize) -> Result<Vec<u8>, ImportError> {
        let importer = self.importer().await?;
        let is_held = self.queue().folder.borrow().as_ref().is_some_and(|held| Rc::ptr_eq(held, folder));
        if !is_held {
            let bytes = match &folder.source {
                Source::File(_, file) => bytes_of(file).await.map_err(ImportError::Refused)?,
                Source::Bytes(_, bytes) => bytes.to_vec(),
                // An archive in an archive is not opened, and pasted words are none.
                Source::Rich(..) | Source::Entry(..) => Vec::new(),
            };
            importer.open_file(&folder.name, &bytes, false).await?;
            *self.queue().folder.borrow_mut() = Some(folder.clone());
        }
        importer.open_entry(index).await
    }

    /// The worker with the importers, started when it is first needed.
    async fn importer(&self) -> Result<Rc<Importer>, ImportError> {
        let queue = self.queue();
        if let Some(importer) = queue.importer.borrow().as_ref() {
            return Ok(importer.clone());
        }
        let importer = Rc::new(Importer::start().await?);
        if queue.is_stopped.get() {
            return Err(ImportError::Stopped);
        }
        *queue.importer.borrow_mut() = Some(importer.clone());
        Ok(importer)
    }

    fn import_failed(&self, error: ImportError) -> Outcome {
        let is_stopped = error == ImportError::Stopped;
        if !matches!(error, ImportError::Refused(_)) {
            // Whatever state it is in, it is not asked again.
            self.queue().importer.take();
            self.queue().folder.take();
        }
        let reason = match error {
            ImportError::Refused(reason) => reason,
            ImportError::NotLoaded(reason) => say_with("open.not-loaded", &[("reason", &reason)]),
            ImportError::Failed(_) => say("open.importer-failed"),
            ImportError::Stopped => String::new(),
        };
        if is_stopped { Outcome::Stopped } else { Outcome::Failed(reason) }
    }
}

/// What needs no importer.
fn open_here(name: &str, bytes: &[u8]) -> Outcome {
    match exchange::open(name, bytes) {
        Ok(opened) => Outcome::Opened(Box::new(opened)),
        Err(error) => Outcome::Failed(error.to_string()),
    }
}

async fn bytes_of(file: &web_sys::File) -> Result<Vec<u8>, String> {
    files::read(file, MAX_FILE_BYTES as u64).await.map_err(|error| match error {
        files::ReadError::TooLarge { bytes, .. } => {
            OpenError::TooLarge { bytes: bytes as usize, limit: MAX_FILE_BYTES }.to_string()
        }
        files::ReadError::Failed(_) => say("open.unreadable"),
    })
}

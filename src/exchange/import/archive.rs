//! ZIP archives: what lies in one, and one file of it at a time.
//!
//! Names in an archive are for display only and never a path. What a header says of sizes is not believed: each
//! file is cut off while it is unpacked, and all together are counted, so that neither memory nor time can be
//! made to run away. Archives inside archives are not opened.

use std::io::{Cursor, Read as _};

use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::super::error::megabytes;
use super::super::{MAX_FILE_BYTES, OpenError, Warning};
use super::entry_name;

/// How much is taken out of one archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The longest file that is unpacked, in bytes.
    pub file_bytes: usize,
    /// The most bytes that are unpacked, all files together, also those that turned out to be too long.
    pub total_bytes: usize,
    /// The most files that are listed.
    pub files: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes: MAX_FILE_BYTES, total_bytes: 10 * MAX_FILE_BYTES, files: 100_000 }
    }
}

/// A file in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name without the folders, made safe to show; its ending is the file's own.
    pub name: String,
    /// The folders above it, joined by `/`, made safe to show; empty at the top. Never a path to write to.
    pub folder: String,
    /// Its length in bytes as the archive says, which may not be true.
    pub size: u64,
    /// Its place among all entries.
    index: usize,
}

impl Entry {
    /// Folder and name, for messages.
    pub fn shown(&self) -> String {
        if self.folder.is_empty() { self.name.clone() } else { format!("{}/{}", self.folder, self.name) }
    }
}

/// An archive, from which one file at a time is unpacked.
#[derive(Debug)]
pub struct Archive {
    zip: ZipArchive<Cursor<Vec<u8>>>,
    entries: Vec<Entry>,
    warnings: Vec<Warning>,
    limits: Limits,
    /// Bytes that were unpacked so far.
    unpacked: usize,
}

impl Archive {
    /// Reads the list of an archive's files. Folders, and what systems leave behind (`__MACOSX`, `.DS_Store`,
    /// `Thumbs.db`, hidden files), are not listed.
    ///
    /// # Errors
    /// [`OpenError`] when it is no archive, breaks off, lists too many files, or lists the same bytes many times.
    pub fn open(bytes: Vec<u8>) -> Result<Self, OpenError> {
        Self::open_within(bytes, Limits::default())
    }

    /// As [`open`](Self::open), with other limits.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_within(bytes: Vec<u8>, limits: Limits) -> Result<Self, OpenError> {
        let length = bytes.len();
        // Counted before the list is built, which takes some hundred bytes a header.
        let headers = bytes.windows(4).filter(|window| window == b"PK\x01\x02").count();
        // An office document that is stored as it is brings headers of its own.
        if headers > limits.files.saturating_mul(10) {
            return Err(too_many(headers, limits));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        if zip.len() > limits.files {
            return Err(too_many(zip.len(), limits));
        }
        let mut warnings = Vec::new();
        if zip.has_duplicate_names() {
            let message = "several files of the same name lie in it: the last one is taken";
            warnings.push(Warning::new("the archive", message));
        }
        let list = zip.metadata();
        let mut entries = Vec::new();
        let mut packed = 0u64;
        for index in 0..list.len() {
            let entry = list.entry(index).map_err(|error| damaged(&error))?;
            packed = packed.saturating_add(entry.compressed_size());
            if entry.is_dir() {
                continue;
            }
            let raw = entry.name().map_err(|error| damaged(&error))?;
            if !entry_name::is_litter(&raw) {
                let (folder, name) = entry_name::split(&raw);
                let name = if name.is_empty() { format!("file {}", index + 1) } else { name };
                entries.push(Entry { name, folder, size: entry.size(), index });
            }
        }
        // The trick of archives that unpack to far more than they are: one stretch of bytes is many files.
        if packed > length as u64 {
            let message = "its files overlap, as no honest archive's do: it was not opened";
            return Err(OpenError::Import(message.into()));
        }
        Ok(Self { zip, entries, warnings, limits, unpacked: 0 })
    }

    /// The files, in the archive's order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What was odd about the list of files.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Unpacks one file: `index` counts [`entries`](Self::entries).
    ///
    /// # Errors
    /// [`OpenError`] when there is no such file, it is too long, encrypted, packed in a way that is not known, or
    /// damaged; and once more than the [`Limits`] allow was unpacked. The other files can be read all the same.
    pub fn read(&mut self, index: usize) -> Result<Vec<u8>, OpenError> {
        let index = self.entries.get(index).map(|entry| entry.index);
        self.unpack(index.ok_or_else(no_such_file)?, self.limits.file_bytes)
    }

    /// Unpacks the part of an office document that has a name, if there is one. Upper and lower case are the
    /// same, as in the standard (ECMA-376, part 2).
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, OpenError> {
        match self.place_of(name) {
            Some(index) => self.unpack(index, self.limits.file_bytes).map(Some),
            None => Ok(None),
        }
    }

    /// Whether an office document has a part.
    pub(super) fn has(&self, name: &str) -> bool {
        self.place_of(name).is_some()
    }

    fn place_of(&self, name: &str) -> Option<usize> {
        self.zip.file_names_raw().position(|raw| raw.eq_ignore_ascii_case(name.as_bytes()))
    }

    /// The archive as it came.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.zip.into_inner().into_inner()
    }

    fn unpack(&mut self, index: usize, limit: usize) -> Result<Vec<u8>, OpenError> {
        let left = self.limits.total_bytes.saturating_sub(self.unpacked);
        let method = self.zip.by_index_data(index).map_err(|error| unreadable(&error))?.compression();
        if !matches!(method, CompressionMethod::Stored | CompressionMethod::Deflated) {
            let message = "it is packed in a way that is not known here: unpack the archive first";
            return Err(OpenError::Import(message.into()));
        }
        let mut file = self.zip.by_index(index).map_err(|error| unreadable(&error))?;
        if file.is_symlink() {
            return Err(OpenError::Import("this is a link to another file: it was left out".into()));
        }
        let declared = usize::try_from(file.size()).unwrap_or(usize::MAX);
        if declared > limit {
            return Err(OpenError::TooLarge { bytes: declared, limit });
        }
        let mut bytes = Vec::new();
        let most = limit.min(left);
        let done = file.by_ref().take(most as u64 + 1).read_to_end(&mut bytes);
        self.unpacked += bytes.len();
        if bytes.len() > left {
            return Err(OpenError::Import(format!(
                "the files of this archive unpack to more than {}: unpack it and open fewer at a time",
                megabytes(self.limits.total_bytes)
            )));
        }
        if bytes.len() > limit {
            return Err(OpenError::TooLarge { bytes: bytes.len(), limit });
        }
        done.map_err(|error| {
            OpenError::Import(format!("it is damaged inside the archive ({error}): get the file again"))
        })?;
        Ok(bytes)
    }
}

fn too_many(files: usize, limits: Limits) -> OpenError {
    let limit = limits.files;
    OpenError::Import(format!("{files} files in one archive are too many: at most {limit} are taken"))
}

fn no_such_file() -> OpenError {
    OpenError::Import("there is no such file in the archive".into())
}

/// Why the archive as a whole cannot be read.
fn damaged(error: &ZipError) -> OpenError {
    OpenError::Import(format!("the archive is damaged or breaks off ({error}): get it again"))
}

/// Why one file of it cannot be read.
fn unreadable(error: &ZipError) -> OpenError {
    let message = match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            "it is locked with a password: unpack the archive and open the file itself".into()
        }
        ZipError::CompressionMethodNotSupported(method) => {
            format!(
                "it is packed in a way that is not known here (method {method}): unpack the archive first"
            )
        }
        other => format!("it is damaged inside the archive ({other}): get the file again"),
    };
    OpenError::Import(message)
}

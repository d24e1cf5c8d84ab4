//! `readout annotate`: articles in, Readout JSON out, one document a line.

use std::ffi::{OsStr, OsString};
use std::io::{self, BufRead as _, Read as _, Write};
use std::rc::Rc;

use rayon::prelude::*;
use readout::annotation::{Codebook, Id, Op, Stamp, Timestamp};
use readout::exchange::import::{Archive, Import, import, import_inside};
use readout::exchange::{
    self, Imported, Incoming, MAX_FILE_BYTES, OpenError, Opened, WriteOptions, open, read_record, text, write,
};

use crate::engine::engine;
use crate::input::{Batches, Line, MAX_LINE_BYTES, or_standard_input, reader, shown};

/// What the files hold.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Format {
    /// What their names and first bytes say.
    Auto,
    /// Plain text, whatever their names say.
    Text,
    /// One JSON object a line.
    Jsonl,
}

/// What was asked for.
pub(crate) struct Options {
    pub(crate) files: Vec<OsString>,
    pub(crate) format: Format,
    pub(crate) exported: Option<Timestamp>,
}

/// What became of one line or file: what goes out, and what is said about it.
struct Answer {
    out: String,
    messages: Vec<String>,
    is_whole: bool,
}

/// Annotates all input; says whether all of it could be.
pub(crate) fn run(options: &Options, out: &mut impl Write) -> io::Result<bool> {
    let mut is_whole = true;
    // Files that are done together, as many as there are cores.
    let mut batch: Vec<&OsStr> = Vec::new();
    for file in or_standard_input(&options.files) {
        let has_lines = match options.format {
            Format::Auto => is_lines(file),
            Format::Text => false,
            Format::Jsonl => true,
        };
        if has_lines {
            is_whole &= files(&std::mem::take(&mut batch), options, out)?;
            is_whole &= records(file, options.exported, out)?;
            continue;
        }
        batch.push(file);
        if batch.len() == rayon::current_num_threads() {
            is_whole &= files(&std::mem::take(&mut batch), options, out)?;
        }
    }
    Ok(is_whole & files(&batch, options, out)?)
}

/// Whether a file holds a record a line, so that it is read line by line whatever its length.
fn is_lines(file: &OsStr) -> bool {
    let name = file.to_str().map_or("", base_name);
    let has_name = |ending: &str| name.to_ascii_lowercase().ends_with(ending);
    if file == "-" || !(has_name(".jsonl") || has_name(".ndjson")) {
        return false;
    }
    // A file that cannot be read says so when it is.
    let Ok(mut reader) = reader(file) else { return false };
    let Ok(head) = reader.fill_buf() else { return false };
    let is_utf16 = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    !is_utf16 && exchange::Format::of(name, head) == exchange::Format::Lines
}

/// What a file turned out to be.
enum Found {
    Answer(Answer),
    Folder { name: String, archive: Box<Archive> },
}

/// Whole files, all at a time; what lies in archives follows in its place.
fn files(files: &[&OsStr], options: &Options, out: &mut impl Write) -> io::Result<bool> {
    let mut is_whole = true;
    for found in files.par_iter().map(|file| read_file(file, options)).collect::<Vec<_>>() {
        is_whole &= match found {
            Found::Answer(answer) => say(vec![answer], out)?,
            Found::Folder { name, archive } => folder(&name, *archive, options.exported, out)?,
        };
    }
    Ok(is_whole)
}

fn read_file(file: &OsStr, options: &Options) -> Found {
    let name = shown(file);
    let mut bytes = Vec::new();
    let limit = MAX_FILE_BYTES as u64 + 1;
    let read = reader(file).and_then(|reader| reader.take(limit).read_to_end(&mut bytes));
    if let Err(error) = read {
        return Found::Answer(refused(&name, &error.to_string()));
    }
    // A name that ends in .json would claim what the bytes of a stream can say better.
    let given = if file == "-" { "" } else { file.to_str().map_or("", base_name) };
    let opened = if options.format == Format::Text {
        text::read(given, &bytes).map(|(incoming, warnings)| Opened::one(incoming, warnings))
    } else if exchange::Format::of(given, &bytes).needs_import() {
        match import(given, bytes) {
            Ok(Import::Article(imported)) => Ok(imported.into_opened()),
            Ok(Import::Folder(archive)) => return Found::Folder { name, archive },
            Err(error) => Err(error),
        }
    } else {
        open(given, &bytes)
    };
    Found::Answer(answer(&name, opened, options.exported))
}

/// The files of an archive. They are unpacked one after another, and analysed as many at a time as there are cores.
fn folder(
    name: &str,
    mut archive: Archive,
    exported: Option<Timestamp>,
    out: &mut impl Write,
) -> io::Result<bool> {
    for warning in archive.warnings() {
        eprintln!("readout: {name}: {warning}");
    }
    if archive.is_empty() {
        return say(vec![refused(name, &OpenError::Empty.to_string())], out);
    }
    let mut is_whole = true;
    let mut next = 0;
    while next < archive.len() {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while next < archive.len() && batch.len() < BATCH_FILES && bytes < BATCH_BYTES {
            let inside = archive.entries().get(next).map(|entry| entry.shown()).unwrap_or_default();
            let read = archive.read(next);
            bytes += read.as_ref().map_or(0, Vec::len);
            batch.push((inside, read));
            next += 1;
        }
        let inside = |(inside, read): (String, Result<Vec<u8>, OpenError>)| {
            let opened = read.and_then(|bytes| open_inside(&inside, bytes));
            answer(&format!("{name}/{inside}"), opened, exported)
        };
        is_whole &= say(batch.into_par_iter().map(inside).collect(), out)?;
    }
    Ok(is_whole)
}

/// A batch of files out of an archive is closed once it holds so many bytes or files.
const BATCH_BYTES: usize = 20_000_000;
const BATCH_FILES: usize = 256;

fn open_inside(name: &str, bytes: Vec<u8>) -> Result<Opened, OpenError> {
    if exchange::Format::of(name, &bytes).needs_import() {
        import_inside(name, bytes).map(Imported::into_opened)
    } else {
        open(name, &bytes)
    }
}

/// What is said about one file.
fn answer(name: &str, opened: Result<Opened, OpenError>, exported: Option<Timestamp>) -> Answer {
    match opened {
        Ok(opened) => {
            let warnings: Vec<String> = opened.warnings.iter().map(ToString::to_string).collect();
            let (out, more) = documents(opened, exported);
            let messages = warnings.into_iter().chain(more).map(|message| format!("{name}: {message}"));
            Answer { out, messages: messages.collect(), is_whole: true }
        }
        Err(error) => refused(name, &error.to_string()),
    }
}

fn refused(name: &str, error: &str) -> Answer {
    let out = serde_json::json!({"error": error, "file": name}).to_string() + "\n";
    Answer { out, messages: vec![format!("{name}: {error}")], is_whole: false }
}

fn base_name(path: &str) -> &str {
    path.rsplit(['/', std::path::MAIN_SEPARATOR]).next().unwrap_or(path)
}

/// A file of records, a batch at a time.
fn records(file: &OsStr, exported: Option<Timestamp>, out: &mut impl Write) -> io::Result<bool> {
    let name = shown(file);
    let mut batches = match reader(file) {
        Ok(reader) => Batches::new(reader),
        Err(error) => {
            eprintln!("readout: {name}: {error}");
            return Ok(false);
        }
    };
    let mut is_whole = true;
    loop {
        let lines = match batches.next_batch() {
            Ok(lines) if lines.is_empty() => return Ok(is_whole),
            Ok(lines) => lines,
            Err(error) => {
                eprintln!("readout: {name}: {error}");
                return Ok(false);
            }
        };
        let answers: Vec<Answer> = lines.par_iter().map(|line| record(line, &name, exported)).collect();
        is_whole &= say(answers, out)?;
    }
}

fn record(line: &Line, name: &str, exported: Option<Timestamp>) -> Answer {
    let number = line.number;
    let read = match &line.bytes {
        Some(bytes) => read_record(bytes),
        None => Err(OpenError::TooLarge { bytes: MAX_LINE_BYTES + 1, limit: MAX_LINE_BYTES }),
    };
    match read {
        Ok((incoming, warnings)) => {
            let opened = Opened::one(incoming, Vec::new());
            let messages = warnings.iter().map(|warning| format!("{name}, line {number}, text: {warning}"));
            Answer { out: documents(opened, exported).0, messages: messages.collect(), is_whole: true }
        }
        Err(error) => {
            let error = error.in_one_line();
            let out = serde_json::json!({"error": error, "line": number}).to_string() + "\n";
            Answer { out, messages: vec![format!("{name}, line {number}: {error}")], is_whole: false }
        }
    }
}

fn say(answers: Vec<Answer>, out: &mut impl Write) -> io::Result<bool> {
    let mut is_whole = true;
    for answer in answers {
        for message in &answer.messages {
            eprintln!("readout: {message}");
        }
        out.write_all(answer.out.as_bytes())?;
        is_whole &= answer.is_whole;
    }
    // Whoever waits at the other end of a pipe gets each batch when it is done.
    out.flush()?;
    Ok(is_whole)
}

/// Each article as a document on a line of its own, and what was said on the way.
fn documents(opened: Opened, exported: Option<Timestamp>) -> (String, Vec<String>) {
    let codebook = opened.codebook.unwrap_or_else(Codebook::standard);
    let mut options = WriteOptions {
        exported,
        coders: opened.coders,
        codebook: None,
        learned: opened.learned,
        names: opened.names,
        extra: opened.extra,
        lines: false,
    };
    let mut lines = String::new();
    let mut messages = Vec::new();
    for incoming in opened.articles {
        let (line, mut more) = document(incoming, &codebook, &options);
        lines.push_str(&line);
        lines.push('\n');
        messages.append(&mut more);
        // What belongs to the coder, not to an article, is said once.
        options.learned = None;
        options.names.clear();
    }
    (lines, messages)
}

fn document(incoming: Incoming, codebook: &Rc<Codebook>, options: &WriteOptions) -> (String, Vec<String>) {
    // The edit that an import is is not written, so when and by whom does not matter.
    let stamp = Stamp::new(Timestamp(0), Id::from(""), "import");
    let ready = incoming.into_document(engine(), codebook, &stamp);
    let mut document = ready.document;
    let mut messages: Vec<String> = ready.warnings.iter().map(ToString::to_string).collect();
    if let Some(edit) = ready.edit
        && let Err(conflict) = document.perform(&Op::Do { edit: Rc::new(edit) })
    {
        messages.push(format!("tags and judgements were left out: {conflict}"));
    }
    (write(&[&document], options), messages)
}

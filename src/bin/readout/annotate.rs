//! `readout annotate`: articles in, Readout JSON out, one document a line.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read, Write};
use std::rc::Rc;

use rayon::prelude::*;
use readout::ENGINE;
use readout::annotation::{Codebook, Id, Op, Stamp, Timestamp};
use readout::exchange::{
    Incoming, MAX_FILE_BYTES, OpenError, Opened, WriteOptions, open, read_record, write,
};

use crate::input::{Batches, Line, MAX_LINE_BYTES, or_standard_input, reader, shown};

/// What the files hold.
#[derive(Clone, Copy)]
pub(crate) enum Format {
    /// One article each.
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
    let files = or_standard_input(&options.files);
    match options.format {
        Format::Text => texts(&files, options.exported, out),
        Format::Jsonl => {
            let mut is_whole = true;
            for file in files {
                is_whole &= records(file, options.exported, out)?;
            }
            Ok(is_whole)
        }
    }
}

/// Files that are one article each, as many at a time as there are cores.
fn texts(files: &[&OsStr], exported: Option<Timestamp>, out: &mut impl Write) -> io::Result<bool> {
    let mut is_whole = true;
    for files in files.chunks(rayon::current_num_threads()) {
        let answers: Vec<Answer> = files.par_iter().map(|file| text(file, exported)).collect();
        is_whole &= say(answers, out)?;
    }
    Ok(is_whole)
}

fn text(file: &OsStr, exported: Option<Timestamp>) -> Answer {
    let name = shown(file);
    let mut bytes = Vec::new();
    let limit = MAX_FILE_BYTES as u64 + 1;
    let read = reader(file).and_then(|reader| reader.take(limit).read_to_end(&mut bytes));
    // A name that ends in .json would claim what the bytes of a stream can say better.
    let given = if file == "-" { "" } else { file.to_str().map_or("", base_name) };
    let opened = match read {
        Ok(_) => open(given, &bytes).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    match opened {
        Ok(opened) => {
            let warnings: Vec<String> = opened.warnings.iter().map(ToString::to_string).collect();
            let (out, more) = documents(opened, exported);
            let messages = warnings.into_iter().chain(more).map(|message| format!("{name}: {message}"));
            Answer { out, messages: messages.collect(), is_whole: true }
        }
        Err(error) => {
            let out = serde_json::json!({"error": error, "file": name}).to_string() + "\n";
            Answer { out, messages: vec![format!("{name}: {error}")], is_whole: false }
        }
    }
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
            let opened = Opened { articles: vec![incoming], ..Opened::default() };
            let messages = warnings.iter().map(|warning| format!("{name}, line {number}, text: {warning}"));
            Answer { out: documents(opened, exported).0, messages: messages.collect(), is_whole: true }
        }
        Err(error) => {
            // Inside one line, "line 1" says nothing.
            let error = error.to_string().trim_start_matches("line 1, ").to_owned();
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
    let ready = incoming.into_document(ENGINE, codebook, &stamp);
    let mut document = ready.document;
    let mut messages: Vec<String> = ready.warnings.iter().map(ToString::to_string).collect();
    if let Some(edit) = ready.edit
        && let Err(conflict) = document.perform(&Op::Do { edit: Rc::new(edit) })
    {
        messages.push(format!("tags and judgements were left out: {conflict}"));
    }
    (write(&[&document], options), messages)
}

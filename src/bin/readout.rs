//! The command line: the same engine as a plain filter.
//!
//! Exit status: 0 when all went well, 1 when something could not be done (the rest is), 2 when the command was not
//! understood. A reader that goes away ends the work quietly.

#[path = "readout/annotate.rs"]
mod annotate;
#[path = "readout/engine.rs"]
mod engine;
#[path = "readout/evaluate.rs"]
mod evaluate;
#[path = "readout/input.rs"]
mod input;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use lexopt::prelude::*;
use readout::entities::EntityKind;
use readout::exchange::parse_time;

const HELP: &str = "\
readout: tag who promised, thanked or proposed what

Usage:
  readout annotate [FILE...] [--format auto|text|jsonl] [--exported TIME]
  readout evaluate GOLD.jsonl... [--kinds KIND,...]

annotate  Draws blocks and sentences and finds the names. Writes Readout JSON, one document a line, one article
          each, in the order of the input. Without FILE, or with -, it reads standard input. A Readout JSON among
          the files is taken with all that is annotated in it.
  --format auto    each file is what its name and its first bytes say (the default): plain text in UTF-8, UTF-16
                   or an older encoding, a web page, Markdown, Word (.docx), OpenDocument (.odt, .fodt), JSON
                   Lines, Readout JSON, or a ZIP archive of such files, whose articles follow one another
  --format text    each file is plain text, whatever its name says
  --format jsonl   each line is a JSON object with \"text\", and perhaps \"id\", \"title\", \"source\", \"date\" and
                   \"language\"; its other fields are kept as the article's own
  A file that cannot be read is answered by {\"error\": ..., \"file\": ...} in its place, a line by
  {\"error\": ..., \"line\": N}; the rest is done.
  --exported TIME  says in each document when it was made, in RFC 3339; else nothing does, so that the same input
                   gives the same bytes

evaluate  Measures the analysis against articles that people have labelled: precision, recall and F1, with counts
          and the interval of 95% over articles. Each line is a JSON object with \"text\" and any of \"sentences\"
          [start, end], \"blocks\" [kind, start, end], \"entities\" [start, end, kind], in code points.
  --kinds KIND,... the kinds of name that the gold covers, where it does not cover all

  -h, --help       shows this
  -V, --version    shows the version
";

enum Command {
    Help,
    Version,
    Annotate(annotate::Options),
    Evaluate(evaluate::Options),
}

fn main() -> ExitCode {
    let command = match command(lexopt::Parser::from_env()) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("readout: {error}\nTry: readout --help");
            return ExitCode::from(2);
        }
    };
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let done = match command {
        Command::Help => out.write_all(HELP.as_bytes()).map(|()| true),
        Command::Version => writeln!(out, "readout {}", env!("CARGO_PKG_VERSION")).map(|()| true),
        Command::Annotate(options) => annotate::run(&options, &mut out),
        Command::Evaluate(options) => evaluate::run(&options, &mut out),
    };
    match done.and_then(|is_whole| out.flush().map(|()| is_whole)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // Whoever read our output has enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("readout: writing: {error}");
            ExitCode::FAILURE
        }
    }
}

fn command(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut name: Option<String> = None;
    let mut files = Vec::new();
    let mut format = None;
    let mut exported = None;
    let mut kinds = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Short('V') | Long("version") => return Ok(Command::Version),
            Long("format") => {
                format = Some(parser.value()?.parse_with(|word| match word {
                    "auto" => Ok(annotate::Format::Auto),
                    "text" => Ok(annotate::Format::Text),
                    "jsonl" => Ok(annotate::Format::Jsonl),
                    _ => Err("it is auto, text or jsonl"),
                })?);
            }
            Long("exported") => {
                let time = |word: &str| parse_time(word).ok_or("it is a time in RFC 3339");
                exported = Some(parser.value()?.parse_with(time)?);
            }
            Long("kinds") => kinds = Some(parser.value()?.parse_with(parse_kinds)?),
            Value(word) if name.is_none() => name = Some(word.string()?),
            Value(file) => files.push(file),
            other => return Err(other.unexpected()),
        }
    }
    match name.as_deref() {
        Some("annotate") if kinds.is_none() => {
            let format = format.unwrap_or(annotate::Format::Auto);
            Ok(Command::Annotate(annotate::Options { files, format, exported }))
        }
        Some("annotate") => Err("annotate knows no --kinds".into()),
        Some("evaluate") if format.is_some() || exported.is_some() => {
            Err("evaluate knows neither --format nor --exported".into())
        }
        Some("evaluate") if files.is_empty() => {
            Err("evaluate needs a gold file (- for standard input)".into())
        }
        Some("evaluate") => {
            let kinds = kinds.unwrap_or_else(|| EntityKind::ALL.to_vec());
            Ok(Command::Evaluate(evaluate::Options { files, kinds }))
        }
        Some(other) => Err(format!("there is no command \"{other}\"").into()),
        None => Err("a command is missing".into()),
    }
}

fn parse_kinds(words: &str) -> Result<Vec<EntityKind>, String> {
    words
        .split(',')
        .map(|word| EntityKind::from_name(word).ok_or(format!("there is no kind \"{word}\"")))
        .collect()
}

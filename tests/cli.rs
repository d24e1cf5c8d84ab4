//! The command line as a user runs it.

#![allow(clippy::expect_used, reason = "a test that cannot go on says so by panicking")]

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

use readout::exchange::open;
use serde_json::Value;

/// What one run gave.
struct Run {
    out: String,
    messages: String,
    status: i32,
}

fn run(arguments: &[&str], input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_readout"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = child.stdin.take().expect("an input");
    let input = input.to_vec();
    // Fed from beside, so that neither side waits for the other.
    let feeder = std::thread::spawn(move || {
        // A command that stops early closes its input.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("the command ends");
    feeder.join().expect("the feeder ends");
    Run {
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        messages: String::from_utf8(output.stderr).expect("UTF-8"),
        status: output.status.code().expect("a status"),
    }
}

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

fn file(name: &str, bytes: &[u8]) -> String {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("a file is written");
    path.to_str().expect("a plain path").to_owned()
}

#[test]
fn a_text_becomes_one_line_of_readout_json_that_can_be_opened() {
    let text = "Ministers met.\n\nThe minister thanked her guest. 🤝 She will come again.";
    let named = run(&["annotate", &file("a.txt", text.as_bytes())], b"");
    assert_eq!((named.status, named.messages.as_str(), named.out.lines().count()), (0, "", 1));
    let opened = open("a.json", named.out.as_bytes()).expect("it opens");
    assert_eq!(opened.warnings, []);
    assert_eq!(&*opened.articles[0].article.text, text);
    let article = &lines(&named.out)[0]["articles"][0];
    assert_eq!(article["original"]["name"], "a.txt");
    for arguments in [&["annotate"][..], &["annotate", "-"]] {
        let piped = run(arguments, text.as_bytes());
        assert_eq!(lines(&piped.out)[0]["articles"][0]["sentences"], article["sentences"]);
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_and_a_time_only_when_asked() {
    let text = b"One sentence. Another one.";
    let first = run(&["annotate"], text).out;
    assert_eq!(run(&["annotate"], text).out, first);
    assert!(!first.contains("exported"));
    let dated = run(&["annotate", "--exported", "2026-01-31T10:30:00+01:00"], text).out;
    assert_eq!(lines(&dated)[0]["exported"], "2026-01-31T09:30:00Z");
}

#[test]
fn a_bad_file_is_answered_in_its_place_and_the_rest_is_done() {
    let good = file("good.txt", b"Some words.");
    let bad = file("bad.txt", b"%PDF-1.4 binary");
    let done = run(&["annotate", &good, &bad, "no-such-file.txt", &good], b"");
    assert_eq!(done.status, 1);
    let answers = lines(&done.out);
    assert_eq!(answers.len(), 4);
    assert_eq!(answers[0], answers[3]);
    assert!(answers[1]["error"].as_str().expect("an error").contains("a PDF"));
    assert!(answers[2]["error"].is_string());
    assert!(done.messages.contains("bad.txt: this is a PDF"), "{}", done.messages);
    assert!(done.messages.contains("no-such-file.txt: "), "{}", done.messages);
}

/// An archive of deflated files.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("memory can be written");
        zip.write_all(bytes).expect("memory can be written");
    }
    zip.finish().expect("memory can be written").into_inner()
}

/// Who answered: the file's name and its first words, or the error.
fn answers(out: &str) -> Vec<String> {
    let shown = |answer: &Value| match answer["error"].as_str() {
        Some(error) => format!("{}: {error}", answer["file"].as_str().unwrap_or("a line")),
        None => {
            let article = &answer["articles"][0];
            let text: String = article["text"].as_str().expect("a text").chars().take(24).collect();
            format!("{}: {text}", article["original"]["name"].as_str().expect("a name"))
        }
    };
    lines(out).iter().map(shown).collect()
}

#[test]
fn every_format_is_read_and_an_archives_files_follow_in_its_place() {
    let document = "<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
                    xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><text:p>Flat words.</text:p>\
                    </office:document>";
    let folder = zip(&[
        ("2026/a.txt", b"Words of a."),
        ("__MACOSX/._a.txt", b"\0"),
        ("2026/bad.pdf", b"%PDF-1.4"),
        ("2026/inner.zip", &zip(&[("x.txt", b"Words.")])),
        ("lines.jsonl", b"{\"text\": \"Line one.\"}\n{\"text\": \"Line two.\"}"),
        ("note.fodt", document.as_bytes()),
        ("old.txt", b"Caf\xE9 words."),
    ]);
    let done = run(
        &[
            "annotate",
            &file("first.txt", b"First words."),
            &file("folder.zip", &folder),
            &file("note.fodt", document.as_bytes()),
            &file("last.jsonl", b"{\"text\": \"Last words.\"}\nno json\n"),
        ],
        b"",
    );
    let folder = file("folder.zip", &folder);
    let inner = format!(
        "{folder}/2026/inner.zip: this is an archive inside an archive: unpack it and open what lies in it"
    );
    let pdf =
        format!("{folder}/2026/bad.pdf: this is a PDF, not a text: copy the words out of it and paste them");
    assert_eq!(
        answers(&done.out),
        [
            "first.txt: First words.",
            "2026/a.txt: Words of a.",
            &pdf,
            &inner,
            ": Line one.",
            ": Line two.",
            "note.fodt: Flat words.",
            "old.txt: Café words.",
            "note.fodt: Flat words.",
            ": Last words.",
            "a line: column 2: this is not JSON: expected ident",
        ]
    );
    assert_eq!(done.status, 1);
    let encoding =
        format!("readout: {folder}/old.txt: the text: read as windows-1252: check accents and signs");
    assert!(done.messages.contains(&encoding), "{}", done.messages);
    let piped = run(&["annotate"], &std::fs::read(&folder).expect("it is there"));
    assert_eq!(piped.out.lines().count(), 7);
}

#[test]
fn a_file_can_be_taken_as_plain_text_whatever_its_name_says() {
    let page = file("page.fodt", b"Just words.");
    assert_eq!(answers(&run(&["annotate", "--format", "text", &page], b"").out), ["page.fodt: Just words."]);
    assert_eq!(run(&["annotate", &page], b"").status, 1);
}

#[test]
fn an_annotated_file_keeps_what_is_annotated_in_it() {
    let whole = include_bytes!("fixtures/readout-json/whole.readout.json");
    let done = run(&["annotate", &file("whole.json", whole)], b"");
    assert_eq!((done.status, done.messages.as_str()), (0, ""));
    let was: Value = serde_json::from_slice(whole).expect("JSON");
    let is = &lines(&done.out)[0];
    assert_eq!(is["articles"], was["articles"]);
    assert_eq!(is["coders"], was["coders"]);
    assert_eq!(is["codebook"], was["codebook"]);
    assert_eq!(is["learned"], was["learned"]);
    assert_eq!(is["names"], was["names"]);
}

#[test]
fn records_are_answered_line_for_line_with_bad_ones_in_their_place() {
    let input = concat!(
        "{\"text\": \"First.\", \"id\": \"a-1\", \"title\": \"T\", \"source\": \"S\", \"date\": \"2026-01-02\", \"fold\": 3}\r\n",
        "not json\n",
        "{\"title\": \"no text\"}\n",
        "\n",
        "{\"text\": 7}\n",
        "{\"text\": \"Seventh: id is a number.\", \"id\": 12}\n",
        "{\"text\": \"Last, cut",
    );
    let done = run(&["annotate", "--format", "jsonl"], input.as_bytes());
    assert_eq!(done.status, 1);
    let answers = lines(&done.out);
    assert_eq!(answers.len(), 7);
    let article = &answers[0]["articles"][0];
    let head = ["external_id", "title", "source", "date"].map(|name| article[name].as_str().expect("a text"));
    assert_eq!(head, ["a-1", "T", "S", "2026-01-02"]);
    assert_eq!(article["extra"], serde_json::json!({"fold": 3}));
    assert_eq!(answers[5]["articles"][0]["external_id"], "12");
    let errors: Vec<(u64, &str)> = answers
        .iter()
        .filter_map(|answer| Some((answer["line"].as_u64()?, answer["error"].as_str()?)))
        .collect();
    assert_eq!(
        errors,
        [
            (2, "column 2: this is not JSON: expected ident"),
            (3, "text: is missing"),
            (4, "the line: is empty"),
            (5, "text: a number stands where a text should"),
            (7, "column 19: it breaks off here"),
        ]
    );
    assert_eq!(done.messages.lines().count(), 5);
    assert!(done.messages.starts_with("readout: standard input, line 2: column 2"), "{}", done.messages);
}

#[test]
fn order_is_kept_over_many_batches_on_all_cores() {
    let count = 3000;
    let input: String = (0..count)
        .map(|number| format!("{{\"id\": {number}, \"text\": \"{}\"}}\n", "Words. ".repeat(number % 50 + 1)))
        .collect();
    let done = run(&["annotate", "--format", "jsonl", "-"], input.as_bytes());
    assert_eq!((done.status, done.messages.as_str()), (0, ""));
    let answers = lines(&done.out);
    assert_eq!(answers.len(), count);
    for (number, answer) in answers.iter().enumerate() {
        assert_eq!(answer["articles"][0]["external_id"], number.to_string());
    }
}

#[test]
fn answers_stream_while_input_is_still_open() {
    // A batch of 512 lines is answered before the input ends.
    let mut child = Command::new(env!("CARGO_BIN_EXE_readout"))
        .args(["annotate", "--format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = child.stdin.take().expect("an input");
    let mut out = BufReader::new(child.stdout.take().expect("an output"));
    for _ in 0..600 {
        writeln!(stdin, "{{\"text\": \"A sentence that fills the output's buffer sooner.\"}}")
            .expect("it reads");
    }
    stdin.flush().expect("it reads");
    let mut first = String::new();
    out.read_line(&mut first).expect("an answer before the input ends");
    assert!(first.starts_with("{\"format\":\"readout\""), "{first}");
    drop(stdin);
    let mut rest = String::new();
    out.read_to_string(&mut rest).expect("the rest");
    assert_eq!(rest.lines().count(), 599);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn a_reader_that_goes_away_ends_the_work_quietly() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_readout"))
        .args(["annotate", "--format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("an input");
    for _ in 0..2000 {
        if stdin.write_all(b"{\"text\": \"Some words that nobody waits for.\"}\n").is_err() {
            break;
        }
    }
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn a_wrong_command_is_told_apart_from_wrong_input() {
    for arguments in [
        &[][..],
        &["annotated"],
        &["annotate", "--format", "xml"],
        &["annotate", "--exported", "yesterday"],
        &["annotate", "--kinds", "person"],
        &["annotate", "--quick"],
        &["evaluate"],
        &["evaluate", "gold.jsonl", "--kinds", "robot"],
        &["evaluate", "gold.jsonl", "--format", "jsonl"],
    ] {
        let done = run(arguments, b"");
        assert_eq!((done.status, done.out.as_str()), (2, ""), "{arguments:?}");
        assert!(done.messages.contains("readout --help"), "{arguments:?}: {}", done.messages);
    }
    let help = run(&["annotate", "--help"], b"");
    assert_eq!(help.status, 0);
    assert!(help.out.contains("--format jsonl"));
    assert_eq!(run(&["--version"], b"").out, concat!("readout ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn evaluation_prints_what_the_gold_has_and_names_what_is_not_measured() {
    let gold = concat!(
        "{\"text\": \"One line.\\nAnother line.\", \"sentences\": [[0, 9], [10, 23]], \"roles\": [{\"sentence\": 0}]}\n",
        "{\"text\": \"A third.\", \"sentences\": [[0, 8]]}\n",
    );
    let gold = file("gold.jsonl", gold.as_bytes());
    let done = run(&["evaluate", &gold], b"");
    assert_eq!(done.status, 0);
    assert_eq!(done.messages, "readout: the layer \"roles\" (1 articles) is not measured\n");
    let rows: Vec<Vec<&str>> = done.out.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows.len(), 3, "{}", done.out);
    assert_eq!(rows[2][..4], ["sentences", "3", "3", "3"]);
    assert_eq!(run(&["evaluate", &gold], b"").out, done.out);
}

#[test]
fn acts_are_measured_with_their_strength_and_parties() {
    let gold = concat!(
        "{\"text\": \"Norway will send two more ships to Kenya next month. The meeting lasted two hours.\",",
        " \"sentences\": [[0, 52], [53, 82]], \"acts\": [",
        "{\"sentence\": 0, \"label\": \"commitment\", \"strength\": \"soft\", \"by\": [0, 6], \"to\": [35, 40]},",
        " {\"sentence\": 1, \"label\": \"proposal\"}]}\n",
    );
    let done = run(&["evaluate", "-"], gold.as_bytes());
    assert_eq!((done.status, done.messages.as_str()), (0, ""));
    let counted = |name: &str| -> Vec<String> {
        let line = done
            .out
            .lines()
            .find(|line| line.split_whitespace().collect::<Vec<_>>().join(" ").starts_with(name));
        let numbers = line.unwrap_or_default().split_whitespace().filter(|it| it.parse::<u32>().is_ok());
        numbers.map(str::to_owned).collect()
    };
    assert_eq!(counted("acts all"), ["2", "1", "1"], "{}", done.out);
    assert_eq!(counted("acts commitment"), ["1", "1", "1"]);
    assert_eq!(counted("acts proposal"), ["1", "0", "0"]);
    // The gold says soft, the sentence says will.
    assert_eq!(counted("strength"), ["1", "1", "0"]);
    assert_eq!(counted("by"), ["1", "1", "1"]);
    assert_eq!(counted("to"), ["1", "1", "1"]);
}

#[test]
fn a_gold_line_that_cannot_be_read_is_named_and_the_rest_is_measured() {
    let gold =
        b"{\"text\": \"One.\", \"sentences\": [[0, 9]]}\n{\"text\": \"Two.\", \"sentences\": [[0, 4]]}\n";
    let done = run(&["evaluate", "-"], gold);
    assert_eq!(done.status, 1);
    assert_eq!(
        done.messages,
        "readout: standard input, line 1: sentences 1: end 9 lies past the text's 4 code points\n"
    );
    assert!(done.out.starts_with("1 articles"), "{}", done.out);
}

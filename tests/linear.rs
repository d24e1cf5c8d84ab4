//! The analysis takes time in proportion to the text, whatever it holds: hostile texts of two sizes are compared,
//! cost per byte with cost per byte. No time is a limit, and a busy machine gets more tries.
//!
//! `cargo test` does this with sizes that a slow build is done with soon; an optimised build, as
//! `cargo test --profile fast --test linear`, goes up to 10 MB.
#![allow(clippy::disallowed_methods, reason = "only the ratio of two times is looked at")]

use std::hint::black_box;
use std::sync::Mutex;
use std::time::Instant;

use readout::acts::{ActsModel, Features, Learner, suggest};
use readout::entities;
use readout::text::{OffsetMap, analyse};

/// Bytes of the texts that are compared: the first with each of the others.
const SIZES: &[usize] =
    if cfg!(debug_assertions) { &[3_000, 24_000] } else { &[500_000, 4_000_000, 10_000_000] };

/// The large text may cost so many times as much per byte as the small one. Caches alone make for some.
const MOST: f64 = 2.5;

/// Tries until a text counts as not linear: whatever else the machine does may fall into any of them.
const TRIES: usize = 20;

/// What hostile texts repeat.
#[rustfmt::skip] // One unit a line would fill three screens.
const UNITS: &[&str] = &[
    // Stops and marks.
    ".", ". ", "..", "…", "!", "?!", "。", "।", "។ ", ",", ":", ": ", ";", "-", "- ", "—", " — ", "=", "_", "*", "#", "# ", "#\n", "> x\n",
    // Quotes and brackets, nested and not.
    "\"", "\" ", "'", "“", "”", "“‘", "’”", "\"a.\" ", ".“", "“A.” ", "(", ")", "(x ", ". (", "[", "]", "[]", "[.]", "[…] ", ". [1]", ". [.] x", "「", "」", "「。」", "(AB) ",
    // Abbreviations, initials, numbers, dates.
    "Mr. ", "Mr.", "U.S. ", "U.S.", "p.m. EST ", "etc. he ", "No. ", "J. ", "J.K.", "A.", "x. ", "1", "1.", "1. ", "1 ", "1,000", "1. 1. ", "29. 10. 2025 ", "1/2/03 10:00 PM ", "½",
    // Words and lines.
    "x", "A", "x ", "Aa ", "aa.Aaa", "a.B", "\n", " ", "\t", "\r", "\u{85}", "\u{a0}", "\u{200b}", "\u{feff}", "\u{301}", "a b\n", "x;\n", "x,\n", "x:\n", "x;\nx:\n", "🇰🇭", "👩‍👩‍👧", "文", "ក", "ب ",
    // Lists and labels.
    "• ", "•", "• x\n", "1) x ", "1) x\n", "(a) x\n", "a) ", "A: ", "A: b\nX.\n", "X:\n", "X:\nX y.\n", "X: y\n", "CHAIR: yes.\n", "NAME:\n", "Photo: ", "(Photo ", "By A\n",
    // Datelines.
    "A — ", "X — The ", "PARIS, July 6 — ", "PARIS, July 6 (X) — The men of the port met here.\n", "RIGA, MAY 5: The men of the port met here.\n", "RIGA, MAY 5: The men of the port met here.\r",
    "A B C D E F G H I ", "(", "July 6, 2024 ", "Riga, 5 May 2024. ",
    // Addresses and faces.
    "http://a b ", "http://a.b/c?d=e ", "://", "a://b", "x@y.com ", "www.x.org ", "/x ", ":) ", ". :) x ", ":-",
    // Names.
    "Ms. X ", "Minister of ", "Prime Minister and ", "Ministry of A and ", "A and ", "A, ", "a-", "A-", "O'", "’s ", "A’s ", "$1 ", "1 euro ", "January ", "first ", "Port of ", "(A", "National Bank of ", "van der ", "al-", "New ",
    "Agreement on A of ", "agreed and ", "the pledged ", "World Trade Organization (WTO) ", "A B C (ABC) ",
];

/// Seconds that the work takes, done some times.
fn seconds(work: &dyn Fn(&str), text: &str, times: usize) -> f64 {
    let start = Instant::now();
    for _ in 0..times {
        work(black_box(text));
    }
    start.elapsed().as_secs_f64()
}

/// How many times as much a byte of the large text costs as one of the small text. The small one is worked on as
/// often as it goes into the large one, so that both take as long and are disturbed as often.
fn dearer(work: &dyn Fn(&str), small: &str, large: &str) -> f64 {
    // One test at a time: they would disturb each other.
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock();
    let (mut of_small, mut of_large) = (f64::INFINITY, f64::INFINITY);
    let times = large.len() / small.len();
    let per_byte = |text: &str, times: usize| seconds(work, text, times) / (text.len() * times) as f64;
    for _ in 0..TRIES {
        of_large = of_large.min(per_byte(large, 1));
        of_small = of_small.min(per_byte(small, times));
        if of_large < MOST * of_small {
            break;
        }
    }
    of_large / of_small
}

/// What a hostile text is called, and the text of a size.
type Hostile = (String, Box<dyn Fn(usize) -> String>);

#[track_caller]
fn check(name: &str, work: &dyn Fn(&str)) {
    let mut texts: Vec<Hostile> = Vec::new();
    for unit in UNITS {
        texts.push((format!("{unit:?} again and again"), Box::new(|size| unit.repeat(size / unit.len()))));
    }
    let nested = |open: &'static str, close: &'static str| {
        move |size: usize| {
            let depth = size / (open.len() + close.len());
            format!("{}{}", open.repeat(depth), close.repeat(depth))
        }
    };
    texts.push(("nested brackets".into(), Box::new(nested("(", ")"))));
    texts.push(("nested quotes".into(), Box::new(nested("“", "”"))));
    texts.push(("quotes in quotes".into(), Box::new(nested("“a ‘b ", "’ c” "))));
    texts.push(("lines of 72 columns".into(), Box::new(wrapped)));
    let mut wrong = Vec::new();
    for (text, make) in &texts {
        let (small, larger) = SIZES.split_first().map_or((0, SIZES), |(small, larger)| (*small, larger));
        for &large in larger {
            let dearer = dearer(work, &make(small), &make(large));
            if dearer >= MOST {
                wrong.push(format!("{text}: a byte of {large} costs {dearer:.1} times one of {small}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{name} takes more than in proportion:\n{}", wrong.join("\n"));
}

/// Prose in hard-wrapped lines, without blank lines.
fn wrapped(size: usize) -> String {
    let line = "The minister of ports thanked the people of the delta and went on his\nway. ";
    line.repeat(size / line.len())
}

#[test]
fn blocks_and_sentences_take_time_in_proportion_to_the_text() {
    check("the outline", &|text| drop(black_box(analyse(text))));
}

#[test]
fn names_take_time_in_proportion_to_the_text() {
    check("finding names", &|text| drop(black_box(entities::find(text, &analyse(text), None))));
}

#[test]
fn acts_take_time_in_proportion_to_the_text() {
    let model = ActsModel::from_bytes(include_bytes!("../model/acts.bin")).expect("weights");
    let learner = Learner::default();
    check("suggesting acts", &|text| {
        // A slow build takes its time over what is possible at all: a third of the text will do.
        let text = text.get(..text.floor_char_boundary(text.len() / 3)).unwrap_or(text);
        let outline = analyse(text);
        let names = entities::find(text, &outline, None);
        let features = Features::of(text, &outline, &names);
        black_box(suggest(text, &outline, &names, &features, &model, &learner, 0.0));
    });
}

#[test]
fn the_offset_map_takes_time_in_proportion_to_the_text() {
    check("the offset map", &|text| {
        let map = OffsetMap::new(text);
        let whole = map.byte_to_utf16(text, text.len() as u32);
        black_box(whole);
    });
}

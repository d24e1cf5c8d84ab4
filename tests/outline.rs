//! Blocks and sentences: tables of marked text, and properties that hold for any text.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

use proptest::prelude::*;
use readout::text::{BlockKind, Outline, Span, analyse};

/// Takes the "|" out of marked text and gives the text and the sentences they part.
fn unmark(marked: &str) -> (String, Vec<String>) {
    (marked.replace('|', ""), marked.split('|').map(|part| part.trim().to_owned()).collect())
}

fn sentences(text: &str, outline: &Outline) -> Vec<String> {
    outline.sentences().iter().map(|sentence| sentence.span.of(text).to_owned()).collect()
}

fn fixture(name: &str) -> String {
    let path = format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn sentences_end_where_a_reader_would_end_them() {
    let mut wrong = String::new();
    for line in fixture("sentences.txt").lines().filter(|line| !line.starts_with('#')) {
        let (text, wanted) = unmark(line);
        // A line of prose before it, so that the case is no title and its kind does not matter.
        let text = format!("The two ministers met in the capital on Monday to talk about a bridge.\n{text}");
        let found = sentences(&text, &analyse(&text));
        if found.get(1..).unwrap() != wanted {
            wrong.push_str(&format!("\nwanted {line}\n found {}", found[1..].join(" | ")));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The text of a case, and the blocks that it must give: kind, and sentences.
fn read_case(case: &str) -> (String, Vec<(String, Vec<String>)>) {
    let mut text = String::new();
    let mut blocks = Vec::new();
    for line in case.lines().skip(1) {
        let (joint, line) = line.strip_prefix('~').map_or(("\n", line), |line| (" ", line));
        let (kind, marked) = line.split_once(": ").unwrap();
        let (words, parts) = unmark(marked);
        if !text.is_empty() {
            text.push_str(joint);
        }
        text.push_str(&words);
        blocks.push((kind.to_owned(), parts));
    }
    (text, blocks)
}

fn blocks(text: &str) -> Vec<(String, Vec<String>)> {
    let outline = analyse(text);
    let mut found = Vec::new();
    for (index, block) in outline.blocks().iter().enumerate() {
        let own = outline.sentences().iter().filter(|sentence| sentence.block as usize == index);
        let own = own.map(|sentence| sentence.span.of(text).replace('\n', " ")).collect();
        found.push((block.kind.name().to_owned(), own));
    }
    found
}

#[test]
fn blocks_are_what_a_reader_would_call_them_with_and_without_blank_lines() {
    for case in fixture("outline.txt").split("====").skip(1) {
        let (text, wanted) = read_case(case);
        assert_eq!(blocks(&text), wanted, "{case}");
        let spread = text.replace('\n', "\n\n");
        assert_eq!(blocks(&spread), wanted, "with blank lines: {case}");
    }
}

/// Breaks lines before they pass `width` characters.
fn wrap(line: &str, width: usize) -> String {
    let mut wrapped = String::new();
    let mut length = 0;
    for word in line.split(' ') {
        let wide = word.chars().count();
        if length > 0 && length + 1 + wide > width {
            wrapped.push('\n');
            length = 0;
        } else if length > 0 {
            wrapped.push(' ');
            length += 1;
        }
        wrapped.push_str(word);
        length += wide;
    }
    wrapped
}

#[test]
fn hard_wrapped_text_gives_the_same_sentences_and_keeps_its_line_breaks() {
    let paragraphs = [
        "The minister of ports thanked the people of the delta for the welcome that they had prepared for him.",
        "He promised that No. 5 would be mended before the rains, and that the harbour would get a second crane. Nobody asked what the crane would cost, nor who would pay for it in the end, which is the same question.",
        "The talks go on in May, when the two sides meet again in the capital and speak of fish.",
    ];
    let wanted: Vec<_> =
        paragraphs.iter().flat_map(|paragraph| blocks(paragraph)).flat_map(|block| block.1).collect();
    assert_eq!(wanted.len(), 4);
    for width in [60, 72, 80] {
        for joint in ["\n\n", "\n"] {
            let text = paragraphs.map(|paragraph| wrap(paragraph, width)).join(joint);
            let found: Vec<_> = blocks(&text).into_iter().map(|(_, sentences)| sentences).collect();
            assert_eq!(found.concat(), wanted, "width {width}, joint {joint:?}\n{text}");
            if joint == "\n\n" {
                // Without blank lines a last line that happens to be full hides the end of its paragraph.
                assert_eq!(found.len(), paragraphs.len(), "width {width}\n{text}");
            }
        }
    }
}

#[test]
fn a_known_article_falls_into_the_29_pieces_that_a_person_counts() {
    let Ok(text) =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/articles/phnom-penh.txt"))
    else {
        println!("skipped: the article is not here");
        return;
    };
    let outline = analyse(&text);
    let count = |kind: BlockKind| outline.blocks().iter().filter(|block| block.kind == kind).count();
    assert_eq!(outline.sentences().len(), 29);
    assert_eq!(count(BlockKind::Heading), 3);
    assert_eq!(count(BlockKind::Caption), 4);
    assert_eq!(count(BlockKind::Dateline), 1);
}

#[test]
fn text_without_words_gives_an_empty_outline() {
    for text in ["", " ", "\n\n\t \u{3000}\r\n\u{85}"] {
        assert_eq!(analyse(text), Outline::default());
    }
}

/// How many times as long the analysis takes for `large` as for `small`.
#[expect(clippy::disallowed_methods, reason = "only the ratio of two times is looked at")]
fn ratio(small: &str, large: &str) -> f64 {
    let [small, large] = [small, large].map(|text| {
        let start = std::time::Instant::now();
        std::hint::black_box(analyse(text));
        start.elapsed().as_secs_f64()
    });
    large / small.max(1e-5)
}

#[test]
fn hostile_text_takes_time_in_proportion_to_its_length() {
    let units = [
        ".",
        "\"",
        "(",
        "[",
        "「",
        "。",
        "(x ",
        "\"a.\" ",
        ". (",
        ".“",
        "U.S. ",
        "p.m. EST ",
        "Mr. ",
        "x. ",
        "a.B",
        "aa.Aaa",
        "1. ",
        "1) x ",
        "• ",
        "• x\n",
        "x;\n",
        "X:\n",
        "X:\nX y.\n",
        "A: b\nX.\n",
        "#\n",
        "a b\n",
        "Photo: ",
        "A — ",
        "X — The ",
        ". [1]",
        ". - ",
        "http://a b ",
        "1/2/03 10:00 PM ",
        ":) ",
        "=",
        "-",
        "x",
        "\u{feff}",
        "/x ",
        "X: y\n",
    ];
    for unit in units {
        let [small, large] = [3_000, 24_000].map(|size| unit.repeat(size / unit.len()));
        // Eight times the text: 8 when linear, 64 when quadratic. A busy machine gets more tries.
        let is_linear = (0..20).any(|_| ratio(&small, &large) < 24.0);
        assert!(is_linear, "{unit:?} takes more than in proportion");
    }
}

/// Everything that [`Outline`] promises.
fn assert_invariants(text: &str) {
    let outline = analyse(text);
    let mut at = 0;
    for block in outline.blocks() {
        assert!(block.span.fits(text) && !block.span.is_empty(), "{:?}", block);
        assert_eq!(block.span.trim(text), block.span, "trimmed");
        assert_eq!(
            Span { start: at, end: block.span.start }.of(text).trim(),
            "",
            "only white space between blocks"
        );
        assert!(at <= block.span.start);
        at = block.span.end;
    }
    assert_eq!(text.get(at as usize..).unwrap().trim(), "", "only white space behind the last block");
    let mut next = 0;
    for (index, block) in outline.blocks().iter().enumerate() {
        let mut at = block.span.start;
        let first = next;
        while let Some(sentence) =
            outline.sentences().get(next).filter(|sentence| sentence.block as usize == index)
        {
            assert!(sentence.span.fits(text) && !sentence.span.is_empty());
            assert_eq!(sentence.span.trim(text), sentence.span, "trimmed");
            assert!(at <= sentence.span.start && block.span.contains(sentence.span));
            assert_eq!(Span { start: at, end: sentence.span.start }.of(text).trim(), "");
            at = sentence.span.end;
            next += 1;
        }
        assert_eq!(at, block.span.end, "the last sentence ends the block");
        assert!(next > first, "a block holds a sentence");
        assert!(!block.kind.is_passed_over() || next == first + 1, "a {:?} is one sentence", block.kind);
    }
    assert_eq!(next, outline.sentences().len(), "no sentence outside the blocks");
    assert_eq!(analyse(text), outline, "the same text gives the same outline");
}

/// Pieces that the analysis looks at, mixed at random.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        ".",
        "..",
        "…",
        "!",
        "?",
        "。",
        "？",
        "।",
        "។",
        "؟",
        "\"",
        "“",
        "”",
        "'",
        "(",
        ")",
        "[",
        "]",
        "「",
        "」",
        " ",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\r\n",
        "\u{2028}",
        "\u{85}",
        "\u{a0}",
        "\u{feff}",
        "\u{200b}",
        "U.S.",
        "Mr.",
        "No. 5",
        "a.m.",
        "Co.",
        "The",
        "he",
        "And",
        "I",
        "A",
        "1.",
        "2)",
        "(3)",
        "iv.",
        "• ",
        "- ",
        "— ",
        "Photo:",
        "Phnom Penh, July 6 (X) — ",
        "LAHORE: ",
        "ឃ្លា",
        "文",
        "и",
        "Иван",
        "😀",
        "e\u{301}",
        "ß",
        "word",
        "https://a.b/c.",
        "[1]",
        ". . .",
        ":",
        ";",
        ",",
        "#",
        ">",
        "need.And",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_mix_of_pieces_keeps_the_promises_of_an_outline(text in pieces()) {
        assert_invariants(&text);
    }

    #[test]
    fn any_text_keeps_the_promises_of_an_outline(text in "(?s).{0,200}") {
        assert_invariants(&text);
    }
}

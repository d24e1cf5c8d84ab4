//! Blocks and sentences: tables of marked text. What holds for any text stands in `promises/` and `linear.rs`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

use readout::text::{BlockKind, Outline, analyse};

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

//! A short run of what `fuzz/` does for long: nasty texts and spoiled files, the same ones each time.
#![allow(
    clippy::panic,
    clippy::string_slice,
    reason = "a broken promise is told by panicking; slices are cut on boundaries that were just looked for"
)]
#![allow(unreachable_pub, reason = "fuzz/ shares the modules, and its targets use them from another crate")]

#[cfg(feature = "import")]
mod imports;
mod promises;
mod texts;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// As many cases as take a second or two. The seed is fixed: a run that passed passes again. READOUT_LONG makes
/// many more, with another seed each time.
fn cases(count: u32) -> ProptestConfig {
    let is_long = std::env::var_os("READOUT_LONG").is_some();
    ProptestConfig {
        cases: if is_long { count * 50 } else { count },
        rng_seed: if is_long { RngSeed::Random } else { RngSeed::Fixed(20_240_706) },
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn nasty() -> impl Strategy<Value = String> {
    let choices = prop::collection::vec(any::<u8>(), 0..120);
    prop_oneof![
        7 => choices.prop_map(|choices| texts::text(&choices)),
        1 => "(?s).{0,200}",
    ]
}

fn choices() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..30)
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn nasty_texts_keep_the_promises_of_an_outline(text in nasty()) {
        promises::outline(&text);
    }

    #[test]
    fn nasty_texts_with_marks_keep_the_promises_of_an_outline(text in nasty(), choices in choices()) {
        promises::marked_outline(&text, &texts::marks(&text, &choices));
    }

    #[test]
    fn nasty_texts_keep_the_promises_of_names(text in nasty()) {
        promises::names(&text);
    }
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn nasty_texts_keep_the_promises_of_offsets(text in nasty()) {
        promises::offsets(&text);
    }

    #[test]
    fn nasty_texts_are_the_same_when_written_and_read_again(text in nasty()) {
        promises::text(&text);
    }

    #[test]
    fn spoiled_files_are_refused_or_are_the_same_when_written_and_read_again(choices in choices()) {
        let whole = include_bytes!("../fixtures/readout-json/whole.readout.json");
        promises::file("spoiled.readout.json", &texts::spoiled(whole, &choices));
    }

    #[test]
    fn spoiled_lines_are_refused_or_are_the_same_when_written_and_read_again(
        choices in choices(), text in nasty(),
    ) {
        let line = serde_json::json!({"id": 7, "text": text, "title": "T", "date": "2024-07-06", "desk": [1]});
        promises::record(&texts::spoiled(line.to_string().as_bytes(), &choices));
    }

    #[test]
    fn any_bytes_are_refused_or_are_the_same_when_written_and_read_again(
        bytes in prop::collection::vec(any::<u8>(), 0..200), is_json in any::<bool>(),
    ) {
        promises::file(if is_json { "a.json" } else { "a.txt" }, &bytes);
    }
    #[cfg(feature = "import")]
    #[test]
    fn spoiled_documents_are_refused_or_are_the_same_when_written_and_read_again(choices in choices()) {
        let ours: [(&str, &[u8]); 3] = [
            ("a.fodt", include_bytes!("../fixtures/odt/note.fodt")),
            ("a.md", include_bytes!("../fixtures/markdown/visit.md")),
            ("a.xml", include_bytes!("../fixtures/docx/visit/word/document.xml")),
        ];
        for (name, bytes) in ours {
            promises::file(name, &texts::spoiled(bytes, &choices));
        }
    }
}

#[cfg(feature = "import")]
proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn nasty_pages_give_articles_that_keep_the_promises(choices in choices()) {
        let page = imports::page(&choices);
        promises::file("a.html", page.as_bytes());
        imports::pasted(&page);
    }

    #[test]
    fn nasty_markdown_gives_articles_that_keep_the_promises(choices in choices()) {
        promises::file("a.md", imports::markdown(&choices).as_bytes());
    }

    #[test]
    fn spoiled_office_documents_give_articles_that_keep_the_promises(choices in choices()) {
        let (name, file) = imports::office(&choices);
        promises::file(name, &file);
    }

    #[test]
    fn nasty_archives_stay_in_their_bounds(choices in prop::collection::vec(any::<u8>(), 0..200)) {
        let archive = imports::archive(&choices);
        imports::bounds(&archive);
        promises::file("a.zip", &archive);
    }

    #[test]
    fn any_bytes_are_refused_by_the_importers_or_keep_the_promises(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        name in prop::sample::select(vec!["a.txt", "a.html", "a.md", "a.docx", "a.odt", "a.fodt", "a.zip", ""]),
    ) {
        promises::file(name, &bytes);
    }
}

//! What the engine promises for any input. `main.rs` holds it to these in `cargo test`, `fuzz/` for as long as one
//! likes: a promise is written down here and nowhere else.
//!
//! Each function takes an input, does the work, and panics where a promise is broken.

use std::rc::Rc;
use std::sync::LazyLock;

use readout::annotation::{Codebook, Document, Id, Meta, Op, Stamp, Timestamp};
use readout::entities::{self, Names, Tagger};
#[cfg(feature = "import")]
use readout::exchange::Imported;
use readout::exchange::{self, Engine, Incoming, Opened, WriteOptions};
use readout::text::{
    Article, CharSpan, Marked, OffsetMap, Outline, Span, Utf16Span, analyse, analyse_marked,
};

/// Blocks and sentences: what [`outline_holds`] says, a heading, caption or dateline is one sentence, and the same
/// text gives the same.
pub fn outline(text: &str) -> Outline {
    marked_outline(text, &[])
}

/// The same where a file marks blocks, whatever marks there are.
pub fn marked_outline(text: &str, marks: &[Marked]) -> Outline {
    let outline = analyse_marked(text, marks);
    outline_holds(text, &outline);
    let mut sentences = vec![0; outline.blocks().len()];
    for sentence in outline.sentences() {
        sentences[sentence.block as usize] += 1;
    }
    for (block, count) in outline.blocks().iter().zip(sentences) {
        assert!(count == 1 || !block.kind.is_passed_over(), "{count} sentences in {block:?}");
    }
    assert_eq!(analyse_marked(text, marks), outline, "the same text gives another outline");
    outline
}

/// Blocks and sentences lie trimmed, in order and apart on character boundaries, with only white space outside;
/// sentences are numbered from 1 but for those that are passed over, and found by their place.
pub fn outline_holds(text: &str, outline: &Outline) {
    covers(text, Span::new(0, text.len()), outline.blocks().iter().map(|block| block.span));
    let mut sentences = outline.sentences().iter().enumerate().peekable();
    let mut counted = 0;
    for (index, block) in outline.blocks().iter().enumerate() {
        let mut spans = Vec::new();
        while let Some((at, sentence)) = sentences.next_if(|(_, it)| it.block as usize == index) {
            spans.push(sentence.span);
            counted += u32::from(!block.kind.is_passed_over());
            assert_eq!(sentence.number, (!block.kind.is_passed_over()).then_some(counted), "{sentence:?}");
            assert_eq!(outline.index_of(sentence.span), Some(at));
            assert_eq!(outline.index_at(sentence.span.end - 1), Some(at));
            assert_eq!(outline.indices_in(sentence.span), at..at + 1);
            assert_eq!(outline.block_of(sentence), Some(block));
        }
        assert!(!spans.is_empty(), "no sentence in {block:?}");
        covers(text, block.span, spans.into_iter());
    }
    assert!(sentences.next().is_none(), "a sentence outside the blocks");
    assert_eq!(outline.counted(), counted);
}

/// Trimmed spans in order, with nothing but white space between them and at the ends of `whole`.
fn covers(text: &str, whole: Span, spans: impl Iterator<Item = Span>) {
    let mut end = whole.start;
    for span in spans {
        assert!(span.fits(text) && !span.is_empty(), "{span:?} is no slice");
        assert_eq!(span.trim(text), span, "white space at the ends of {:?}", span.of(text));
        assert!(end <= span.start && span.end <= whole.end, "{span:?} overlaps or stands outside");
        assert_eq!(Span { start: end, end: span.start }.of(text).trim(), "", "words before {span:?}");
        end = span.end;
    }
    assert_eq!(Span { start: end, end: whole.end }.of(text).trim(), "", "words behind {end}");
}

/// Offsets: every boundary survives the way there and back in each unit, and what is no boundary gives nothing.
pub fn offsets(text: &str) {
    let map = OffsetMap::new(text);
    let (mut chars, mut units) = (0, 0);
    for (byte, character) in text.char_indices().chain([(text.len(), '\0')]) {
        let byte = byte as u32;
        assert_eq!(map.byte_to_char(text, byte), Some(chars));
        assert_eq!(map.char_to_byte(text, chars), Some(byte));
        assert_eq!(map.byte_to_utf16(text, byte), Some(units));
        assert_eq!(map.utf16_to_byte(text, units), Some(byte));
        if byte as usize == text.len() {
            break;
        }
        for inside in 1..character.len_utf8() as u32 {
            assert_eq!(map.byte_to_char(text, byte + inside), None);
            assert_eq!(map.byte_to_utf16(text, byte + inside), None);
        }
        if character.len_utf16() == 2 {
            assert_eq!(map.utf16_to_byte(text, units + 1), None);
        }
        let span = Span { start: byte, end: byte + character.len_utf8() as u32 };
        let (in_chars, in_units) = (map.span_to_chars(text, span), map.span_to_utf16(text, span));
        let wide = character.len_utf16() as u32;
        assert_eq!(in_chars, Some(CharSpan { start: chars, end: chars + 1 }));
        assert_eq!(in_units, Some(Utf16Span { start: units, end: units + wide }));
        assert_eq!(in_chars.and_then(|it| map.chars_to_span(text, it)), Some(span));
        assert_eq!(in_units.and_then(|it| map.utf16_to_span(text, it)), Some(span));
        chars += 1;
        units += wide;
    }
    assert_eq!((map.chars(), map.utf16()), (chars, units));
    assert_eq!(map.byte_to_char(text, text.len() as u32 + 1), None);
    assert_eq!(map.char_to_byte(text, chars + 1), None);
    assert_eq!(map.utf16_to_byte(text, units + 1), None);
}

/// Names, by patterns alone and with the shipped weights: trimmed, in order and apart, each inside one sentence; parties
/// are there and no chain of them comes back.
pub fn names(text: &str) -> Names {
    static TAGGER: LazyLock<Option<Tagger>> =
        LazyLock::new(|| Tagger::from_bytes(include_bytes!("../../model/entities.bin")).ok());
    assert!(TAGGER.is_some(), "the shipped weights cannot be read");
    names_by(text, None);
    names_by(text, TAGGER.as_ref())
}

fn names_by(text: &str, tagger: Option<&Tagger>) -> Names {
    let outline = analyse(text);
    let names = entities::find(text, &outline, tagger);
    let mut end = 0;
    for mention in &names.mentions {
        let span = mention.span;
        assert!(span.fits(text) && !span.is_empty(), "{span:?} is no slice");
        assert_eq!(span.trim(text), span, "white space at the ends of {:?}", span.of(text));
        assert!(end <= span.start, "{:?} overlaps what stands before it", span.of(text));
        let sentences = outline.indices_in(span);
        let inside = outline.sentences()[sentences.clone()].iter().any(|it| it.span.contains(span));
        assert!(sentences.len() == 1 && inside, "{:?} runs across sentences", span.of(text));
        assert!(mention.party.is_none_or(|party| party < names.parties.len()));
        end = span.end;
    }
    for party in &names.parties {
        let mut above = party.of;
        for _ in 0..names.parties.len() {
            above = above.and_then(|it| names.parties[it].of);
        }
        assert_eq!(above, None, "{party:?} belongs to itself");
        assert!(!party.name.trim().is_empty(), "a party without a name");
    }
    assert_eq!(entities::find(text, &outline, tagger), names, "the same text gives other names");
    names
}

/// A file of any bytes: refused, or what it gives keeps the promises above, and is the same when it was written
/// and read again.
pub fn file(name: &str, bytes: &[u8]) {
    #[cfg(feature = "import")]
    if exchange::Format::of(name, bytes).needs_import() {
        return imported(name, bytes);
    }
    let Ok(opened) = exchange::open(name, bytes) else { return };
    assert!(!opened.articles.is_empty(), "nothing was taken, and nothing refused");
    holds_when_written_again(&opened);
}

/// A file that an importer reads: its blocks lie trimmed, in order and apart, with only white space outside, its line
/// ends are LF, and it is the same when written and read again. Of an archive, each of its files.
#[cfg(feature = "import")]
fn imported(name: &str, bytes: &[u8]) {
    use readout::exchange::import::{Import, import};

    match import(name, bytes.to_vec()) {
        Err(_) => {}
        Ok(Import::Folder(mut archive)) => {
            for index in 0..archive.len() {
                let name = archive.entries()[index].name.clone();
                // An archive in an archive is not opened.
                if let Ok(bytes) = archive.read(index)
                    && !bytes.starts_with(b"PK")
                {
                    file(&name, &bytes);
                }
            }
        }
        Ok(Import::Article(imported)) => article(*imported),
    }
}

/// An article as an importer made it.
#[cfg(feature = "import")]
pub fn article(imported: Imported) {
    let text = &imported.text;
    assert!(
        !text.trim().is_empty() && text.len() <= exchange::MAX_TEXT_BYTES,
        "{} bytes of text",
        text.len()
    );
    assert!(!text.contains(['\r', '\0']), "a line end is not LF, or a NUL is left");
    if !imported.marks.is_empty() {
        covers(text, Span::new(0, text.len()), imported.marks.iter().map(|mark| mark.span));
    }
    marked_outline(text, &imported.marks);
    let articles = imported.into_opened().articles;
    holds_when_written_again(&Opened { articles, ..Opened::default() });
}

/// One line of JSON Lines: as a [`file`].
pub fn record(line: &[u8]) {
    let Ok((incoming, _)) = exchange::read_record(line) else { return };
    holds_when_written_again(&Opened { articles: vec![incoming], ..Opened::default() });
}

/// A text that is taken becomes a document that is the same when it was written and read again.
pub fn text(raw: &str) {
    let Ok((text, _)) = exchange::text::clean(raw) else { return };
    let incoming = Incoming::fresh(Article::new(text), Meta::default());
    holds_when_written_again(&Opened { articles: vec![incoming], ..Opened::default() });
}

/// Articles that were read become documents that are the same when they were written and read again.
pub fn holds_when_written_again(opened: &Opened) {
    let standard = Codebook::standard();
    let codebook = opened.codebook.as_ref().unwrap_or(&standard);
    let was: Vec<Document> = opened.articles.iter().map(|it| document(it.clone(), codebook)).collect();
    for document in &was {
        document_holds(document);
    }
    let options = WriteOptions {
        coders: opened.coders.clone(),
        codebook: opened.codebook.clone(),
        learned: opened.learned.clone(),
        names: opened.names.clone(),
        extra: opened.extra.clone(),
        ..WriteOptions::default()
    };
    let written = exchange::write(&was.iter().collect::<Vec<_>>(), &options);
    let again = match exchange::open("again.readout.json", written.as_bytes()) {
        Ok(again) => again,
        Err(error) => panic!("what was written is refused: {error}"),
    };
    assert!(again.warnings.is_empty(), "what was written is found fault with: {:?}", again.warnings);
    let codebook = again.codebook.as_ref().unwrap_or(&standard);
    let is: Vec<Document> = again.articles.iter().map(|it| document(it.clone(), codebook)).collect();
    assert_eq!(is.len(), was.len());
    for (is, was) in is.iter().zip(&was) {
        assert_eq!(is.article, was.article);
        assert_eq!(is.engine, was.engine);
        assert_eq!(is.codebook.labels, was.codebook.labels);
        assert_eq!(is.set, was.set);
    }
    assert_eq!(
        exchange::write(&is.iter().collect::<Vec<_>>(), &options),
        written,
        "written twice, it differs"
    );
}

/// What is annotated lies in the text.
fn document_holds(document: &Document) {
    let text = &document.article.text;
    outline_holds(text, &document.set.outline);
    offsets_of_ends(document);
    for entity in document.set.entities.iter() {
        assert!(entity.span.fits(text) && !entity.span.is_empty(), "{entity:?}");
    }
    for tag in document.set.tags.iter() {
        assert!(tag.span.fits(text) && tag.sentence.fits(text), "{tag:?}");
        assert!(tag.evidence.iter().all(|span| span.fits(text)), "{tag:?}");
    }
    for judgement in document.set.judgements.iter() {
        assert!(judgement.span.fits(text), "{judgement:?}");
    }
}

/// Each sentence's place in the other units leads back to it.
fn offsets_of_ends(document: &Document) {
    let (text, map) = (&document.article.text, &document.article.offsets);
    for sentence in document.set.outline.sentences() {
        let chars = map.span_to_chars(text, sentence.span).and_then(|it| map.chars_to_span(text, it));
        let units = map.span_to_utf16(text, sentence.span).and_then(|it| map.utf16_to_span(text, it));
        assert_eq!((chars, units), (Some(sentence.span), Some(sentence.span)));
    }
}

/// The document that an article on its way in becomes, with the file's tags put.
fn document(incoming: Incoming, codebook: &Rc<Codebook>) -> Document {
    let stamp = Stamp::new(Timestamp(1_769_851_800_000), Id::from("c9"), "seed");
    let ready = incoming.into_document(
        &Engine { name: "test 1".to_owned(), tagger: None, acts: None },
        codebook,
        &stamp,
    );
    let mut document = ready.document;
    if let Some(edit) = ready.edit {
        let performed = document.perform(&Op::Do { edit: Rc::new(edit) });
        assert!(performed.is_ok(), "an import does not fit its own document: {performed:?}");
    }
    document
}

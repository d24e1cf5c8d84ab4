//! Nasty files for the importers: web pages, Markdown, office documents, archives. What they promise about files is
//! written down in `promises.rs`, what they promise beside that here.

use std::io::{Cursor, Write as _};

use readout::exchange::import::{Archive, Limits, paste};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::promises;
use super::texts::{self, Choices};

/// Rich text from the clipboard.
pub fn pasted(html: &str) {
    if let Ok(imported) = paste(html) {
        promises::article(imported);
    }
}

/// An archive: no name leads elsewhere, and no more is unpacked than is allowed.
pub fn bounds(bytes: &[u8]) {
    let limits = Limits { file_bytes: 100_000, total_bytes: 300_000, files: 50 };
    let Ok(mut archive) = Archive::open_within(bytes.to_vec(), limits) else { return };
    assert!(archive.len() <= limits.files);
    let mut total = 0;
    for index in 0..archive.len() {
        let name = archive.entries()[index].name.clone();
        assert!(!name.contains(['/', '\\']) && name != "..", "{name:?} leads elsewhere");
        let Ok(inside) = archive.read(index) else { continue };
        total += inside.len();
        assert!(inside.len() <= limits.file_bytes && total <= limits.total_bytes, "{total} bytes unpacked");
    }
}

/// What pages are made of, whole or broken.
#[rustfmt::skip] // One piece a line would fill two screens.
const HTML: &[&str] = &[
    "<p>", "</p>", "<div>", "</div>", "<h1>", "</h1>", "<h2 class=\"x\">", "</h2>", "<ul><li>", "</li><li>", "</ul>", "<ol start=3>", "<br>", "<br/>", "<hr>",
    "<blockquote>", "</blockquote>", "<figure><img alt=x>", "<figcaption>", "</figure>", "<table><tr><td>", "</td><td>", "</tr></table>", "<pre>", "</pre>",
    "<script>", "</script>", "<style>", "</style>", "<noscript>", "<template>", "</template>", "<iframe src=\"javascript:x\">", "<svg><title>", "</svg>", "<math>", "<textarea>",
    "<nav>", "</nav>", "<header>", "<footer>", "<aside>", "<article>", "</article>", "<main>", "</main>", "<form>", "<button>Share</button>", "<!--", "-->", "<![CDATA[", "]]>",
    "<!DOCTYPE html>", "<html lang=en>", "<head>", "</head>", "<body>", "<title>", "</title>", "<meta charset=windows-1252>", "<meta property=\"og:title\" content=\"A\">",
    "<meta name=author content=\"A & B\">", "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"H\",\"datePublished\":\"2024-07-06\"}</script>",
    "<script type=\"application/ld+json\">[[{\"author\":{\"name\":", "<a href=\"x\">", "</a>", "<b>", "</b>", "<span hidden>", "</span>", "<i style=\"display:none\">", "<p", " onclick=x", "\"", "'", "=", ">",
    "&amp;", "&lt;p&gt;", "&nbsp;", "&#0;", "&#x110000;", "&", "&notit;", "\0", "\r\n", "\u{a0}", "<time datetime=2024-07-06>", "<o:p>", "<w:x>", "<?xml version='1.0'?>", "<x-y>", "</x-y>",
];

/// What Markdown is made of.
#[rustfmt::skip]
const MARKDOWN: &[&str] = &[
    "# ", "## ", "\n===\n", "\n---\n", "- ", "* ", "1. ", "  - ", "    ", "> ", ">> ", "```\n", "~~~x\n", "`", "**", "_", "~~", "[", "](x)", "![", "](y \"t\")", "[^1]", "[^1]: ", "| a | b |\n|---|---|\n",
    "---\ntitle: A\ndate: 2024-07-06\n---\n", "<b>", "</b>", "<script>", "\n\n", "\n", "  \n", "\\", "&amp;", "http://a.b", "- [ ] ", "[x]: y\n", "$", "<!-- ", " -->",
];

/// A web page, or Markdown.
pub fn markup(choices: &[u8], pieces: &[&str]) -> String {
    let (size, rest) = choices.split_first().unwrap_or((&0, &[]));
    let mut choices = Choices(rest);
    let mut markup = String::new();
    while let Some(choice) = choices.next() {
        match choice {
            0..150 => markup.push_str(choices.of(pieces)),
            150..220 => markup.push_str(choices.piece(choice)),
            220..240 => markup.push_str(choices.stretch(&texts::FIXTURES)),
            240..250 => markup.push_str(&choices.of(pieces).repeat(usize::from(*size) * 8)),
            _ => markup.push(choices.character()),
        }
        if markup.len() > texts::LONGEST {
            break;
        }
    }
    markup
}

/// A web page out of choices.
pub fn page(choices: &[u8]) -> String {
    markup(choices, HTML)
}

/// Markdown out of choices.
pub fn markdown(choices: &[u8]) -> String {
    markup(choices, MARKDOWN)
}

/// A Word or OpenDocument text with its words' part spoiled, in a sound archive.
pub fn office(choices: &[u8]) -> (&'static str, Vec<u8>) {
    let (&first, rest) = choices.split_first().unwrap_or((&0, &[]));
    match first % 3 {
        0 => (
            "a.docx",
            packed(&[
                ("[Content_Types].xml", include_bytes!("../fixtures/docx/package/[Content_Types].xml")),
                ("_rels/.rels", include_bytes!("../fixtures/docx/package/_rels/.rels")),
                ("word/styles.xml", include_bytes!("../fixtures/docx/visit/word/styles.xml")),
                (
                    "word/document.xml",
                    &texts::spoiled(include_bytes!("../fixtures/docx/visit/word/document.xml"), rest),
                ),
            ]),
        ),
        1 => (
            "a.odt",
            packed(&[
                ("mimetype", b"application/vnd.oasis.opendocument.text"),
                ("styles.xml", include_bytes!("../fixtures/odt/visit/styles.xml")),
                ("content.xml", &texts::spoiled(include_bytes!("../fixtures/odt/visit/content.xml"), rest)),
            ]),
        ),
        _ => ("a.fodt", texts::spoiled(include_bytes!("../fixtures/odt/note.fodt"), rest)),
    }
}

/// An archive of small files whose names and bytes are choices, spoiled itself now and then.
pub fn archive(choices: &[u8]) -> Vec<u8> {
    const NAMES: [&str; 12] = [
        "a.txt",
        "b/c.md",
        "../up.txt",
        "/root.txt",
        "C:\\x.txt",
        "b/",
        "e.html",
        "f.zip",
        "CON",
        "a\u{0}.txt",
        ".hidden",
        "日本/g.txt",
    ];
    let (&first, rest) = choices.split_first().unwrap_or((&0, &[]));
    let chunks: Vec<&[u8]> = rest.chunks(24).take(12).collect();
    let files: Vec<(&str, Vec<u8>)> = chunks
        .iter()
        .zip(NAMES.iter().cycle().skip(usize::from(first)))
        .map(|(chunk, name)| {
            (*name, if name.ends_with("html") { page(chunk) } else { texts::text(chunk) }.into_bytes())
        })
        .collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let packed = packed(&files);
    if first % 4 == 0 { texts::spoiled(&packed, rest) } else { packed }
}

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        // A name that the writer refuses is left out.
        if zip.start_file(*name, SimpleFileOptions::default()).is_ok() {
            let _ = zip.write_all(bytes);
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

//! Web pages and pasted rich text: golden files, their hostile twins, and bounds.

use proptest::prelude::*;
use readout::exchange::Imported;
use readout::exchange::import::{Import, import, paste};

use super::golden::{check_golden, check_shown, fixtures, imported};
use super::marks::check_marks;

/// Fixtures under `tests/fixtures/html/`, each a page in the way of another kind of site.
const PAGES: [&str; 9] = [
    "agency",
    "arabic",
    "blog",
    "ministry",
    "newspaper",
    "plain",
    "portal",
    "prefecture-sjis",
    "tables-1252",
];
/// Fixtures under `tests/fixtures/html/pasted/`, each from another program.
const PASTED: [&str; 4] = ["browser", "google-docs", "libreoffice", "word"];

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(fixtures().join(format!("html/{name}.html"))).expect("the fixture is there")
}

#[test]
fn pages_of_many_kinds_of_sites_become_their_articles() {
    for name in PAGES {
        check_golden(&format!("html/{name}.txt"), "page.html", &fixture(name));
    }
}

#[test]
fn what_is_pasted_keeps_all_that_can_be_seen() {
    for name in PASTED {
        let imported = pasted(&fixture(&format!("pasted/{name}")));
        check_shown(&format!("html/pasted/{name}.txt"), &imported);
    }
}

#[track_caller]
fn pasted(bytes: &[u8]) -> Imported {
    let imported = paste(std::str::from_utf8(bytes).expect("what is pasted is Unicode"));
    let imported = imported.unwrap_or_else(|error| panic!("it was refused: {error}"));
    check_marks(&imported);
    imported
}

/// Markup that must leave no word behind, wherever it stands: no browser draws it.
const UNSEEN: [&str; 30] = [
    "<script>document.write('EVIL')</script>",
    "<script><!-- <script> EVIL </script> --></script>",
    "<script type='text/template'><p>EVIL</p></script>",
    "<style>p::after { content: 'EVIL' }</style>",
    "<img src=x onerror=\"alert('EVIL')\">",
    "<img src=\"EVIL\" alt=\"EVIL\" title='EVIL'>",
    "<svg><script>EVIL</script><desc>EVIL</desc><text>EVIL</text></svg>",
    "<svg><foreignObject><p>EVIL</p></foreignObject></svg>",
    "<svg><![CDATA[EVIL]]></svg>",
    "<svg><style><img src=x onerror=EVIL></style></svg>",
    "<math><annotation-xml encoding='text/html'><i>EVIL</i></annotation-xml><annotation>EVIL</annotation></math>",
    "<template><p>EVIL<script>EVIL</script></p></template>",
    "<template><template>EVIL</template></template>",
    "<noscript><p>EVIL</p></noscript>",
    "<noscript><style></noscript><script>EVIL</script>",
    "<!-- EVIL -->",
    "<!--[if gte mso 9]><xml>EVIL</xml><![endif]-->",
    "<!--><!-- EVIL --!>",
    "<?php echo 'EVIL' ?>",
    "<![CDATA[EVIL]]>",
    "</ EVIL>",
    "<iframe srcdoc='<p>EVIL</p>'>EVIL</iframe>",
    "<object data=EVIL>EVIL</object>",
    "<video controls><track src=x>EVIL</video>",
    "<select><option>EVIL<option>EVIL</select>",
    "<span hidden>EVIL</span>",
    "<span style='color:red; display : NONE'>EVIL</span>",
    "<span aria-hidden=true>EVIL</span>",
    "<noembed><p>EVIL</p></noembed><noframes>EVIL</noframes>",
    "<b data-x=\"<p>EVIL\"></b>",
];

#[test]
fn the_hostile_twin_of_a_page_gives_the_same_article() {
    for (folder, names) in [("", &PAGES[..]), ("pasted/", &PASTED[..])] {
        for name in names {
            let bytes = fixture(&format!("{folder}{name}"));
            let read = |bytes: &[u8]| match folder {
                "" => imported("page.html", bytes),
                _ => pasted(bytes),
            };
            let good = read(&bytes);
            for evil in UNSEEN {
                let read = read(&with_inserted(&bytes, evil));
                assert_eq!(read.text, good.text, "{name}: {evil}");
                assert_eq!((&read.marks, &read.meta), (&good.marks, &good.meta), "{name}: {evil}");
            }
        }
    }
}

/// A page with something put before many of its tags behind the head.
fn with_inserted(bytes: &[u8], what: &str) -> Vec<u8> {
    const PLACES: [&[u8]; 7] = [b"</p>", b"<p>", b"<p ", b"</td>", b"</h1>", b"</h2>", b"</li>"];
    let starts = |at: usize, word: &[u8]| {
        bytes[at..].get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word))
    };
    let mut in_body = !(0..bytes.len()).any(|at| starts(at, b"<body"));
    let mut twin = Vec::new();
    for (at, &byte) in bytes.iter().enumerate() {
        in_body |= starts(at, b"<body");
        if in_body && PLACES.iter().any(|place| starts(at, place)) {
            twin.extend_from_slice(what.as_bytes());
        }
        twin.push(byte);
    }
    assert!(twin.len() > bytes.len(), "it stands nowhere");
    twin
}

const ADVICE: &str = "copy the article's words out of the page and paste them";

#[test]
fn pages_made_to_never_end_are_refused_with_the_figure() {
    let many = |what: &str, bytes: usize| what.repeat(bytes / what.len());
    let attributes: String = (0..5_000).map(|number| format!("a{number}=1 ")).collect();
    let doubled: String = (0..5_000).map(|number| format!("b a{number} ")).collect();
    let nested = "the page is nested deeper than 1,000 elements";
    let attribute = "line 2: a tag has more than 1,000 attributes";
    let cases: Vec<(&str, String, &str)> = vec![
        ("10 MB of <div>", many("<div>", 10_000_000), nested),
        ("soup of formatting", many("<b><i>", 1_000_000), nested),
        ("open tables", many("<table><tr><td>x", 1_000_000), nested),
        ("open lists", many("<ul><li>x", 1_000_000), nested),
        ("templates", many("<template>", 1_000_000), nested),
        ("formulas and drawings", many("<math><mi><svg><desc>", 1_000_000), nested),
        ("adoptions", (0..2_000).map(|it| format!("<b id={it}><div></b>")).collect(), nested),
        ("attributes", format!("<p>\n<p {attributes}>"), attribute),
        ("attributes twice", format!("<p>\n<p {doubled}>"), attribute),
        ("attributes of an end tag", format!("<p>\n</p {attributes}>"), attribute),
    ];
    for (name, html, message) in cases {
        let errors = [import("page.html", html.clone().into_bytes()).map(|_| ()), paste(&html).map(|_| ())];
        for error in errors {
            let error = error.expect_err(name).to_string();
            assert!(error.starts_with(message) && error.ends_with(ADVICE), "{name}: {error}");
        }
    }
}

#[test]
fn pages_that_are_only_strange_are_read() {
    let page = |before: &str, what: &str, behind: &str| {
        format!("<p>Words before.{before}{}{behind}", what.repeat(10_000))
    };
    for (name, html) in [
        ("a long attribute", page("<img src='", "data:image/svg+xml, M 0 0 L 1 1 ", "'>")),
        ("an attribute that no quote closes", page("<img src=\"", "<p>word</p> ", "")),
        ("a long comment", page("<!--", "<a b c d e f> ", "-->")),
        ("a comment that nothing closes", page("<!--", "<a b c d e f> ", "")),
        ("a long script", page("<script>", "if (a <b x y z) { '<p>' } ", "</script>")),
        ("a script that nothing closes", page("<script>", "<!--<script>", "")),
        ("a heap of end tags", page("", "</div></p></b></table></svg>", "")),
        ("a heap of documents", page("", "<html lang=x><body class=y>", "")),
        ("letters outside cells", page("<table>", "<i></i><tr>", "")),
        ("NULs", page("", "\0", "")),
    ] {
        let article = imported("page.html", html.as_bytes());
        assert!(article.text.starts_with("Words before."), "{name}");
        assert!(pasted(html.as_bytes()).text.starts_with("Words before."), "{name}");
    }
}

#[test]
fn a_long_page_is_read_whole() {
    let paragraph =
        "<p>The minister <b>thanked</b> her guest for the <a href='/x'>new bridge</a>. Talks go on.</p>\n";
    let html = format!("<article><h1>Talks</h1>{}</article>", paragraph.repeat(4_000));
    let article = imported("page.html", html.as_bytes());
    assert_eq!(article.marks.len(), 4_001);
    assert!(article.text.ends_with("The minister thanked her guest for the new bridge. Talks go on."));
}

/// Pieces of markup that tree builders stumble over.
const SOUP: [&str; 60] = [
    "<b>",
    "</b>",
    "<i class=a>",
    "</i>",
    "<a href=x>",
    "</a>",
    "<p>",
    "</p>",
    "<div class=share>",
    "</div>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "<caption>",
    "<tbody>",
    "<col>",
    "<select>",
    "<option>",
    "</select>",
    "<svg>",
    "</svg>",
    "<math>",
    "<mi>",
    "<annotation-xml encoding=text/html>",
    "<desc>",
    "<foreignObject>",
    "<template>",
    "</template>",
    "<template shadowrootmode=open>",
    "<ul>",
    "<li>",
    "</ul>",
    "<dl><dt>",
    "<dd>",
    "<h1>",
    "</h1>",
    "<br>",
    "</br>",
    "<hr>",
    "<button>",
    "<form>",
    "</form>",
    "<nobr>",
    "<frameset>",
    "<body>",
    "</body>",
    "</html>",
    "<head>",
    "<script>",
    "</script>",
    "<pre>\n",
    "<q>",
    "<article>",
    "<span hidden>",
    "<!-- x -->",
    "words",
    " and more words. ",
    "\u{a0}日本\n語",
];

proptest! {
    #[test]
    fn any_bytes_give_blocks_that_cover_the_text_or_an_error(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
    ) {
        check_any(&bytes);
    }

    #[test]
    fn any_soup_of_tags_gives_blocks_that_cover_the_text_or_an_error(
        soup in proptest::collection::vec(proptest::sample::select(&SOUP[..]), 0..120),
    ) {
        check_any(soup.concat().as_bytes());
    }

    #[test]
    fn a_page_cut_off_anywhere_or_damaged_is_read_or_refused(
        name in proptest::sample::select(&PAGES[..]),
        cut in 0.0..1.0_f64,
        damage in proptest::collection::vec((0.0..1.0_f64, any::<u8>()), 0..4),
    ) {
        let mut bytes = fixture(name);
        bytes.truncate((bytes.len() as f64 * cut) as usize);
        for (place, byte) in damage {
            let at = (bytes.len() as f64 * place) as usize;
            if let Some(it) = bytes.get_mut(at) {
                *it = byte;
            }
        }
        check_any(&bytes);
    }
}

fn check_any(bytes: &[u8]) {
    if let Ok(Import::Article(article)) = import("page.html", bytes.to_vec()) {
        check_marks(&article);
    }
    if let Ok(article) = paste(&String::from_utf8_lossy(bytes)) {
        check_marks(&article);
    }
}

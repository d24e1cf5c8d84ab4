//! Web pages in small: what becomes of one piece of markup, and of one way to build a page.

use readout::exchange::import::paste;

use super::golden::imported;
use super::marks::{blocks, check_marks};

/// Compares the blocks of pasted markup, as `kind: words`.
#[track_caller]
fn check(html: &str, expected: &[&str]) {
    let article = paste(html).unwrap_or_else(|error| panic!("{html} was refused: {error}"));
    check_marks(&article);
    assert_eq!(blocks(&article), expected, "{html}");
}

#[test]
fn blocks_are_cut_as_a_browser_draws_them() {
    check("<p>One<p>Two", &[": One", ": Two"]);
    check(
        "one<div>two<span>three<div>four</div>five</span></div>six",
        &[": one", ": twothree", ": four", ": five", ": six"],
    );
    check("<b>one<p>two</b>three</p>four", &[": one", ": twothree", ": four"]);
    check("<p>one<br>two<br><br>three<br></p>", &[": one\ntwo", ": three"]);
    check("<h2>One<br><br>two</h2>", &["heading: One\n\ntwo"]);
    check("<pre>\none\n  two\n</pre>", &[": one\n  two"]);
    check("one<hr>two<script>x</script>three", &[": one", ": twothree"]);
    check("<p> one <i> two</i>\n<a href=x>three</a>\u{a0}four </p>", &[": one two three\u{a0}four"]);
}

#[test]
fn lists_captions_and_quotations_keep_their_kind() {
    check(
        "<ul><li>one<ul><li>two</ul>three<li><p>four<p>five</ul>",
        &["list-item: one", "list-item: two", "list-item: three", "list-item: four", "list-item: five"],
    );
    check("<dl><dt>one<dd>two<p>three</dl>", &["list-item: one", "list-item: two", "list-item: three"]);
    check("<blockquote>one<p>two<ul><li>three", &["quotation: one", "quotation: two", "list-item: three"]);
    check(
        "<figure><img alt=x><figcaption>one<p>two</figcaption></figure>",
        &["caption: one", "caption: two"],
    );
    check("<li><h3>one</h3>two", &["heading: one", "list-item: two"]);
    check("<p>She said <q>we <q>will</q> pay</q>.", &[": She said “we ‘will’ pay”."]);
    check("<p>漢<ruby>字<rp>(</rp><rt>じ</rt><rp>)</rp></ruby>", &[": 漢字"]);
}

#[test]
fn rows_of_data_are_lines_and_tables_of_layout_are_not() {
    check("<table><tr><th>A<th>B<tr><td>1<td><p>2<br>3</table>", &[": A\tB", ": 1\t2 3"]);
    check("<table><tr><td>1<td><td>3</table>", &[": 1\t\t3"]);
    check("<table><tr><td>one<tr><td>two</table>", &[": one", ": two"]);
    check("<table><tr><td>menu<td><h2>one</h2><p>two</table>", &[": menu", "heading: one", ": two"]);
    check("<table role=presentation><tr><td>one<td>two</table>", &[": one", ": two"]);
    check("<table><tr><td>left<td><table><tr><td>1<td>2</table></table>", &[": left", ": 1\t2"]);
}

/// Paragraphs enough to be an article.
const BODY: &str = "<p>The minister thanked her guest for the long talks about the new bridge over the river.</p>\
                    <p>She said that her country would pay for half of it, and that work would begin in the spring.</p>\
                    <p>The guest proposed that the two meet again in June, when the accounts of both are known.</p>";

/// Checks that of a page, `PAGE` standing for the article's body, just the title and the body are taken.
#[track_caller]
fn check_page(name: &str, page: &str) {
    let html = page.replace("BODY", BODY);
    let article = imported("page.html", html.as_bytes());
    let all = blocks(&article);
    assert!(all.len() == 4 && all[0] == "heading: Talks about the bridge", "{name}: {all:#?}");
    assert!(all[1].starts_with(": The minister") && all[3].ends_with("are known."), "{name}: {all:#?}");
    assert_eq!(article.meta.title, "Talks about the bridge", "{name}");
}

#[test]
fn the_article_is_found_however_the_page_is_built() {
    let menu = "<ul><li><a href=/a>World</a><li><a href=/b>Money</a><li><a href=/c>Sport</a></ul>";
    let h1 = "<h1>Talks about the bridge</h1>";
    for (name, page) in [
        ("plain", format!("{h1}BODY")),
        (
            "article",
            format!("{menu}<article>{h1}BODY</article><p>Our editors choose the news for you each day.</p>"),
        ),
        ("title above", format!("<div>{menu}{h1}</div><article>BODY</article>")),
        ("main", format!("{menu}<main>{h1}<div>BODY</div></main>")),
        ("role", format!("{menu}<div role=main>{h1}<div>BODY</div></div>")),
        ("microdata", format!("<div>{menu}<div>{h1}<div itemprop=articleBody>BODY</div>{menu}</div></div>")),
        (
            "menus without names",
            format!("<div>{menu}</div><div>{h1}<div>BODY</div><div>{menu}</div></div><div>{menu}</div>"),
        ),
        ("a form round all", format!("<form>{menu}{h1}<div>BODY</div></form>")),
        (
            "names of what stands beside",
            format!("<div class='has-sidebar with-comments'>{h1}BODY</div><div class=sidebar>{BODY}</div>"),
        ),
        (
            "names that mislead",
            format!(
                "<div class='social promo modal'>{h1}BODY</div><div class=footer><p>Printed by the Harbour Press, which owns this page and all on it.</div>"
            ),
        ),
        ("a wall that was open", format!("<article>{h1}<div class=paywall>BODY</div></article>")),
        (
            "under a notice",
            format!("<div class=cookie-notice>{BODY}</div><div aria-hidden=true>{menu}{h1}BODY</div>"),
        ),
        (
            "cards behind",
            format!(
                "<main>{h1}<div>BODY</div><h2>More</h2><h3><a href=/a>Ferry sails</a></h3><p>It sails.<h3><a href=/b>Dog found</a></h3><p>It barks.</main>"
            ),
        ),
        (
            "comments longer than all",
            format!("<article>{h1}<div>BODY</div></article><div id=comments>{}</div>", BODY.repeat(9)),
        ),
        (
            "stray lines",
            format!(
                "<article>{h1}<p>Advertisement</p>BODY<p>Share this:</p><p>Read also: <a href=/x>Ferry sails</a></p></article>"
            ),
        ),
        ("drawn twice", format!("<header>{h1}</header><article>{h1}BODY</article>")),
    ] {
        check_page(name, &page);
        check_page(
            name,
            &format!("<!doctype html><title>Talks about the bridge | Daily</title><body>{page}"),
        );
    }
}

#[test]
fn an_article_that_only_its_data_holds_is_taken_from_there() {
    let lines = "The minister thanked her guest for the long talks about the new bridge over the river.\\n\\n\
                 She said that her country would pay for half of it &amp; that work would begin in the spring.\\n\
                 The guest proposed that the two meet again in June, when the accounts of both are known.";
    let html = format!(
        "<script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"headline\": \"Talks\", \"articleBody\": \"{lines}\"}}</script>\
         <h1>Talks</h1><div id=root>Loading the article. Please wait a moment.</div>"
    );
    let article = imported("page.html", html.as_bytes());
    let all = blocks(&article);
    assert_eq!(all.len(), 4, "{all:#?}");
    assert_eq!(all[0], "heading: Talks");
    assert!(all[2].contains("half of it & that"), "{}", all[2]);
    assert!(article.warnings[0].message.starts_with("the page's own words are not the whole article"));
}

#[test]
fn a_page_of_many_articles_keeps_them_all() {
    let html = format!("<article><h2>One</h2>{BODY}</article><article><h2>Two</h2>{BODY}</article>");
    assert_eq!(imported("page.html", html.as_bytes()).marks.len(), 8);
}

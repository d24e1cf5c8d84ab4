//! From HTML to a tree, by html5ever's tokenizer and tree builder into a tree of our own.
//!
//! Why html5ever and not `scraper`: scraper is html5ever with a tree and CSS selectors over it (the crates `selectors`,
//! `cssparser`, `ego-tree` on top), of which the importer would use the tree alone. And it gives no room for bounds:
//! a hostile page costs html5ever time with the square of its depth or of a tag's attributes, and must be stopped
//! while it is parsed. So the tokens pass through a gate of ours, and the tree is ours.

use std::cell::{Cell, RefCell};

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::TreeSink;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, TokenizerResult};

use super::super::super::OpenError;
use super::sink::{Handle, Sink};
use super::tags::TagScan;
use super::tree::Tree;

/// The most elements and texts that a page may have.
pub(super) const MAX_NODES: usize = 2_000_000;
/// The deepest that elements may lie in each other.
pub(super) const MAX_DEPTH: u32 = 1_000;
/// The most attributes that a tag may have: the tokenizer compares each with all before it.
pub(super) const MAX_ATTRIBUTES: usize = 1_000;
/// Steps in the tree builder's lists that a page may take, for each byte and in all. News pages take about one.
const STEPS_A_BYTE: u64 = 64;
const STEPS: u64 = 20_000_000;
/// Pieces in which the tokenizer is fed, in bytes: a tag of so many may be looked at before it is fed.
const PIECE: usize = 1024;

/// A parsed page.
#[derive(Debug)]
pub(super) struct Page {
    /// Its elements and texts.
    pub(super) tree: Tree,
    /// Where a browser saved it from, as the browser noted it.
    pub(super) saved_from: Option<String>,
}

/// Parses a page, whatever its faults.
///
/// # Errors
/// [`OpenError::Import`] with the figure when the page is nested too deep or has too many parts.
pub(super) fn parse(html: &str) -> Result<Page, OpenError> {
    parse_within(html, MAX_NODES, STEPS_A_BYTE * html.len() as u64 + STEPS)
}

/// As [`parse`], with so many elements and texts, and so many steps at most.
fn parse_within(html: &str, nodes: usize, steps: u64) -> Result<Page, OpenError> {
    let options = TreeBuilderOpts { drop_doctype: true, ..TreeBuilderOpts::default() };
    let gate = Gate {
        builder: TreeBuilder::new(Sink::default(), options),
        tokens: Cell::new(0),
        nodes,
        steps,
        fault: RefCell::new(None),
        saved_from: RefCell::new(None),
    };
    let tokenizer = Tokenizer::new(gate, TokenizerOpts::default());
    let input = BufferQueue::default();
    let whole = StrTendril::from_slice(html);
    let mut open = Open::default();
    let mut from = 0;
    while from < html.len() {
        let to = piece_end(html, from);
        open.look(html.as_bytes(), from, to)?;
        let tokens = tokenizer.sink.tokens.get();
        if let Ok(piece) = whole.try_subtendril(from as u32, (to - from) as u32) {
            input.push_back(piece);
        }
        // Scripts and encodings that turn up change nothing.
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        if let Some(fault) = tokenizer.sink.fault.take() {
            return Err(OpenError::Import(fault));
        }
        open.fed(tokenizer.sink.tokens.get() > tokens, to);
        from = to;
    }
    tokenizer.end();
    let gate = tokenizer.sink;
    match gate.fault.into_inner() {
        Some(fault) => Err(OpenError::Import(fault)),
        None => Ok(Page { tree: gate.builder.sink.finish(), saved_from: gate.saved_from.into_inner() }),
    }
}

/// Where the piece that starts at `from` ends: before the next tag or comment, or after [`PIECE`] bytes.
fn piece_end(html: &str, from: usize) -> usize {
    let most = html.floor_char_boundary((from + PIECE).min(html.len()));
    let rest = html.as_bytes().get(from + 1..most).unwrap_or_default();
    let opens = |pair: &[u8]| matches!(pair, [b'<', next] if next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?'));
    match rest.windows(2).position(opens) {
        Some(at) => from + 1 + at,
        // What the last sign opens is seen with the next piece.
        None if rest.ends_with(b"<") => most - 1,
        None => most,
    }
}

/// What the tokenizer has been fed since the last token came out.
#[derive(Debug, Default)]
struct Open {
    /// Whether there is anything: a tag or comment that is not closed yet.
    is_open: bool,
    scan: TagScan,
    /// Up to where `scan` has read.
    scanned: usize,
}

impl Open {
    /// Looks at a piece before it is fed, when it may be part of a long tag.
    fn look(&mut self, html: &[u8], from: usize, to: usize) -> Result<(), OpenError> {
        if !self.is_open && to - from + 4 < PIECE {
            return Ok(());
        }
        let attributes = self.scan.read(html.get(self.scanned..to).unwrap_or_default());
        self.scanned = to;
        if attributes <= MAX_ATTRIBUTES {
            return Ok(());
        }
        let line = html.get(..from).unwrap_or_default().iter().filter(|&&byte| byte == b'\n').count() + 1;
        let most = grouped(MAX_ATTRIBUTES as u64);
        Err(OpenError::Import(format!("line {line}: a tag has more than {most} attributes: {ADVICE}")))
    }

    fn fed(&mut self, has_token: bool, to: usize) {
        self.is_open = !has_token;
        if has_token {
            self.scan = TagScan::default();
            self.scanned = to;
        }
    }
}

const ADVICE: &str = "copy the article's words out of the page and paste them";

/// A number for people: 1,000,000.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Attributes that are used.
fn is_used(name: &LocalName) -> bool {
    matches!(
        &**name,
        "alt"
            | "aria-hidden"
            | "charset"
            | "class"
            | "content"
            | "datetime"
            | "encoding"
            | "hidden"
            | "href"
            | "http-equiv"
            | "id"
            | "itemprop"
            | "itemtype"
            | "lang"
            | "name"
            | "open"
            | "property"
            | "pubdate"
            | "rel"
            | "role"
            | "shadowrootmode"
            | "style"
            | "type"
    )
}

/// Stands between the tokenizer and the tree builder: counts, stops what is too much, and lets pass what is used.
struct Gate {
    builder: TreeBuilder<Handle, Sink>,
    /// Tokens that came out so far.
    tokens: Cell<u64>,
    /// Elements and texts that this page may have.
    nodes: usize,
    /// Steps that it may take.
    steps: u64,
    /// Why the page is refused.
    fault: RefCell<Option<String>>,
    saved_from: RefCell<Option<String>>,
}

impl Gate {
    fn check(&self) {
        let sink = &self.builder.sink;
        let what = if sink.depth.get() > MAX_DEPTH {
            format!("the page is nested deeper than {} elements", grouped(u64::from(MAX_DEPTH)))
        } else if sink.tree.borrow().len() > self.nodes {
            format!("the page has more than {} elements and texts", grouped(self.nodes as u64))
        } else if sink.steps.get() > self.steps {
            format!(
                "the page's tags are so entangled that it takes more than {} steps to sort them",
                grouped(self.steps)
            )
        } else {
            return;
        };
        *self.fault.borrow_mut() = Some(format!("{what}: {ADVICE}"));
    }

    /// Notes what a comment says; whether the tree needs it.
    fn reads_comment(&self, comment: &str) -> bool {
        let comment = comment.trim();
        if let Some(rest) = comment.strip_prefix("saved from url=(")
            && let Some((_, address)) = rest.split_once(')')
        {
            *self.saved_from.borrow_mut() = Some(address.trim().into());
        }
        comment == "StartFragment" || comment == "EndFragment"
    }
}

impl TokenSink for Gate {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        // A fault may be told in the middle of a tag.
        if matches!(token, Token::ParseError(_)) {
            return TokenSinkResult::Continue;
        }
        self.tokens.set(self.tokens.get() + 1);
        if self.fault.borrow().is_some() {
            return TokenSinkResult::Continue;
        }
        let token = match token {
            Token::CommentToken(comment) if !self.reads_comment(&comment) => {
                return TokenSinkResult::Continue;
            }
            Token::TagToken(mut tag) => {
                tag.attrs.retain(|attribute| is_used(&attribute.name.local));
                if tag.name.is_dynamic() {
                    tag.name = short(&tag.name);
                }
                self.builder.sink.count(weight(&tag, self.builder.sink.depth.get()));
                Token::TagToken(tag)
            }
            other => other,
        };
        let result = self.builder.process_token(token, line);
        self.check();
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Steps that a tag costs unseen: one that formats is compared with all open ones, attribute by attribute, in memory
/// that is asked for each time.
fn weight(tag: &Tag, deepest: u32) -> u64 {
    let is_formatting = matches!(
        &*tag.name,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    );
    if tag.kind == TagKind::StartTag && is_formatting && !tag.attrs.is_empty() {
        8 * u64::from(deepest) * (1 + tag.attrs.len() as u64)
    } else {
        1
    }
}

/// A name that no standard knows, cut to seven letters: longer ones lie in a table that slows down as it fills.
fn short(name: &LocalName) -> LocalName {
    let head: String = name.chars().take_while(char::is_ascii).take(5).collect();
    LocalName::from(format!("x-{head}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::import::html::tree::NodeId;

    #[test]
    fn elements_and_texts_are_counted_and_bounded() {
        let html = "<br>x".repeat(1_000);
        // The document, its root, head and body.
        assert!(parse_within(&html, 2_004, STEPS).is_ok());
        let error = parse_within(&html, 2_003, STEPS).unwrap_err().to_string();
        assert!(error.starts_with("the page has more than 2,003 elements and texts: copy"), "{error}");
    }

    #[test]
    fn tags_that_cost_time_with_the_square_of_their_depth_are_bounded() {
        for (name, html) in [
            ("paragraphs closed deep inside", "<span>".repeat(500) + &"</p>".repeat(500)),
            ("fonts that no tag closes", (0..300).map(|it| format!("<p><font class={it}>x")).collect()),
            ("fonts closed deep inside", "<b id=1><p>".repeat(200) + &"<b id=2></b>".repeat(3_000)),
        ] {
            let error = parse_within(&html, MAX_NODES, 200_000).unwrap_err().to_string();
            let message =
                "the page's tags are so entangled that it takes more than 200,000 steps to sort them: copy";
            assert!(error.starts_with(message), "{name}: {error}");
        }
    }

    #[test]
    fn names_that_no_standard_knows_still_close_their_elements() {
        let page = parse("<p>a<magic-quotation>b</magic-quotation>c</p>").unwrap();
        let find =
            |name: &str| page.tree.descendants(NodeId::DOCUMENT).find(|&id| page.tree.name(id) == name);
        assert_eq!(find("x-magic").map(|id| page.tree.text(id)).as_deref(), Some("b"));
        assert_eq!(find("p").map(|id| page.tree.text(id)).as_deref(), Some("abc"));
    }

    #[test]
    fn words_in_a_shadow_tree_that_was_saved_lie_in_its_host() {
        let page =
            parse("<div><template shadowrootmode=open><p>a</p></template></div><template><p>b").unwrap();
        let find =
            |name: &str| page.tree.descendants(NodeId::DOCUMENT).find(|&id| page.tree.name(id) == name);
        assert_eq!(find("div").map(|id| page.tree.text(id)).as_deref(), Some("a"));
        assert_eq!(find("template").map(|id| page.tree.text(id)).as_deref(), Some("b"));
    }

    #[test]
    fn a_browsers_note_where_a_page_was_saved_from_is_read() {
        let page = parse("<!-- saved from url=(0022)https://daily.example/ -->\n<p>x").unwrap();
        assert_eq!(page.saved_from.as_deref(), Some("https://daily.example/"));
    }
}

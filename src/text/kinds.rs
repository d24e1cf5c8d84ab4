//! Says what each block is, by its words and its neighbours.

use super::captions::is_caption;
use super::characters::{is_closer, stop};
use super::lists::Lists;
use super::markers::{self, Letters, Marker, Style};
use super::outline::BlockKind;

/// What is known of a block before its kind is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Draft<'a> {
    /// Its words.
    pub(super) text: &'a str,
    /// Sentences in it.
    pub(super) sentences: usize,
    /// Whether a dateline stands before it on the same line.
    pub(super) after_dateline: bool,
    /// Whether it is a dateline.
    pub(super) is_dateline: bool,
    /// What the text's file marks it as.
    pub(super) marked: Option<BlockKind>,
}

/// How a block ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// With a full stop of any kind, perhaps inside a closing quote or bracket.
    Stop,
    Semicolon,
    Comma,
    Colon,
    /// With a word.
    Open,
}

/// What a block looks like on its own.
#[derive(Debug, Clone, Copy)]
struct Looks {
    ending: Ending,
    marker: Option<Marker>,
    words: usize,
    sentences: usize,
    starts_lower: bool,
    is_key_value: bool,
    /// Decided by the block alone.
    certain: Option<BlockKind>,
}

/// Longer blocks are no headings, in words.
const HEADING_WORDS: usize = 26;
/// Longer items of a list without marks are no items, in words.
const ITEM_WORDS: usize = 60;

/// The kinds of all blocks of a text, in order.
pub(super) fn kinds(drafts: &[Draft<'_>]) -> Vec<BlockKind> {
    let looks: Vec<Looks> = drafts.iter().map(look).collect();
    let mut kinds = Vec::with_capacity(drafts.len());
    let mut at = 0;
    let mut had_body = false;
    let mut had_items = false;
    while let Some(look) = looks.get(at) {
        let previous = at.checked_sub(1).and_then(|before| looks.get(before));
        let previous_kind = kinds.last().copied();
        let items = if look.certain.is_none() {
            unmarked_items(&looks, at, previous, previous_kind, had_items)
        } else {
            0
        };
        if items > 0 {
            kinds.extend(std::iter::repeat_n(BlockKind::ListItem, items));
            at += items;
            had_items = true;
            continue;
        }
        let kind = look.certain.unwrap_or_else(|| {
            let after = looks.get(at + 1..).unwrap_or(&[]);
            let text = drafts.get(at).map_or("", |draft| draft.text);
            by_neighbours(look, text, at, had_body, previous_kind, previous, after)
        });
        had_body |= kind == BlockKind::Paragraph && look.ending == Ending::Stop;
        kinds.push(kind);
        at += 1;
    }
    kinds
}

/// Whether `line` starts with the mark of a list item.
pub(super) fn has_marker(line: &str) -> bool {
    markers::read(line).is_some()
}

fn look(draft: &Draft<'_>) -> Looks {
    let text = draft.text;
    let marker = markers::read(text);
    let ending = ending(text);
    let words = count_words(text);
    let mut looks = Looks {
        ending,
        marker,
        words,
        sentences: draft.sentences,
        starts_lower: words_of(text, marker).starts_with(char::is_lowercase),
        is_key_value: draft.sentences == 1 && words <= 25 && is_key_value(text),
        certain: None,
    };
    looks.certain = certain(draft, &looks);
    looks
}

/// About how many words a block has; more than [`ITEM_WORDS`] when it is long.
fn count_words(text: &str) -> usize {
    if text.len() > 16 * ITEM_WORDS {
        return ITEM_WORDS + 1;
    }
    text.bytes().filter(|&byte| byte == b' ' || byte == b'\n').count() + 1
}

/// The block without its mark.
fn words_of(text: &str, marker: Option<Marker>) -> &str {
    marker.and_then(|marker| text.get(marker.len..)).unwrap_or(text).trim_start()
}

/// The kind that the block's own words leave no doubt about.
fn certain(draft: &Draft<'_>, looks: &Looks) -> Option<BlockKind> {
    let text = draft.text;
    if draft.is_dateline {
        return Some(BlockKind::Dateline);
    }
    if draft.marked.is_some() {
        return draft.marked;
    }
    if draft.after_dateline {
        return Some(BlockKind::Paragraph);
    }
    if is_caption(text, looks.words) {
        return Some(BlockKind::Caption);
    }
    if text.starts_with('>') {
        return Some(BlockKind::Quotation);
    }
    if text.starts_with('#')
        && looks.sentences == 1
        && looks.words <= HEADING_WORDS
        && text.trim_start_matches('#').starts_with(' ')
    {
        return Some(BlockKind::Heading);
    }
    let marker = looks.marker?;
    match marker.style {
        Style::Bullet(_) => Some(BlockKind::ListItem),
        Style::Counted { letters, dot, closed, .. } => {
            let is_short = looks.ending == Ending::Open && looks.words <= 12;
            if dot
                && !closed
                && is_short
                && matches!(letters, Letters::Upper | Letters::Roman | Letters::Digits)
            {
                // "II. Announcements" heads a part unless its neighbours make it an item.
                return None;
            }
            // A numbered paragraph of whole sentences is prose, unless a colon leads to it.
            if dot && !closed && !looks.starts_lower && (looks.ending != Ending::Open || looks.words > 12) {
                return None;
            }
            (looks.sentences == 1).then_some(BlockKind::ListItem)
        }
    }
}

/// Number of blocks from `at` on that are items of a list without marks; 0 when `at` opens no list.
///
/// `had_items` says whether the text holds such a list already: outcome lists hold one under each heading.
fn unmarked_items(
    looks: &[Looks],
    at: usize,
    previous: Option<&Looks>,
    kind: Option<BlockKind>,
    had_items: bool,
) -> usize {
    let after_colon = previous.is_some_and(|previous| previous.ending == Ending::Colon);
    let after_heading = kind == Some(BlockKind::Heading) && at > 1;
    if !after_colon && !after_heading {
        return 0;
    }
    let rest = looks.get(at..).unwrap_or(&[]);
    let is_free = |look: &&Looks| look.certain.is_none() && look.marker.is_none() && look.words <= ITEM_WORDS;
    // "…; …; and ….": semicolons or commas, and the last one as it likes.
    let joined = rest
        .iter()
        .take_while(is_free)
        .take_while(|look| matches!(look.ending, Ending::Semicolon | Ending::Comma))
        .count();
    if joined > 0 {
        let last = rest.get(joined).filter(|look| is_free(look) && look.sentences == 1);
        let closes = last
            .is_some_and(|last| last.starts_lower == rest.first().is_some_and(|first| first.starts_lower));
        return joined + usize::from(closes && (after_colon || joined > 1));
    }
    // Lines that start small after a colon go on with its sentence.
    let small = rest.iter().take_while(is_free).take_while(|look| look.starts_lower).count();
    if after_colon && small > 0 {
        return small;
    }
    // Lines without a full stop, several of them.
    let open = rest.iter().take_while(is_free).take_while(|look| look.ending == Ending::Open).count();
    let keyed = rest.iter().take_while(is_free).take_while(|look| look.is_key_value).count();
    let followed = rest.get(open).is_some_and(|next| next.ending == Ending::Stop);
    if keyed >= 2 {
        return keyed;
    }
    if after_colon && open >= 1 {
        return open;
    }
    // Whole sentences, one a line: up to the next heading, or behind a colon.
    let stops = rest
        .iter()
        .take_while(is_free)
        .take_while(|look| look.ending == Ending::Stop && look.sentences == 1 && look.words <= 45)
        .count();
    if after_colon && stops >= 2 {
        return stops;
    }
    let closes = rest.get(stops).is_none_or(|next| next.ending == Ending::Open);
    let is_listing = had_items || previous.is_some_and(|heading| heading.marker.is_some());
    if after_heading && (stops >= 3 && (closes || is_listing) || stops >= 2 && closes && is_listing) {
        return stops;
    }
    if after_heading && open >= 2 {
        // The last line before a paragraph may be the next heading: it is shorter than the items then.
        let items: usize = rest.iter().take(open - 1).map(|look| look.words).sum();
        let heads = rest.get(open - 1).is_some_and(|last| last.words * 2 * (open - 1) <= items);
        return if followed && open > 2 && heads { open - 1 } else { open };
    }
    0
}

fn by_neighbours(
    look: &Looks,
    text: &str,
    at: usize,
    had_body: bool,
    previous: Option<BlockKind>,
    neighbour: Option<&Looks>,
    after: &[Looks],
) -> BlockKind {
    let after_colon = neighbour.is_some_and(|before| before.ending == Ending::Colon);
    let is_last = after.is_empty();
    if at == 0 && look.sentences == 1 && look.words <= 40 && look.ending != Ending::Stop {
        return if is_last && look.ending != Ending::Open {
            BlockKind::Paragraph
        } else {
            BlockKind::Heading
        };
    }
    if look.marker.is_some() && look.ending != Ending::Open {
        let goes_on =
            neighbour.is_some_and(|before| before.marker.is_some()) && previous == Some(BlockKind::ListItem);
        let leads = goes_on || after_colon && look.sentences == 1;
        return if leads { BlockKind::ListItem } else { BlockKind::Paragraph };
    }
    if look.ending != Ending::Open || look.sentences > 1 || look.words > HEADING_WORDS || look.starts_lower {
        return BlockKind::Paragraph;
    }
    if is_byline(text) {
        return BlockKind::Paragraph;
    }
    if look.marker.is_some() {
        return BlockKind::Heading;
    }
    if !had_body {
        return below_title(text, previous, neighbour);
    }
    if is_last {
        return BlockKind::Caption;
    }
    if look.words > 8 {
        return BlockKind::Caption;
    }
    BlockKind::Heading
}

/// Below the title stand a second title, or who, where and when.
fn below_title(text: &str, previous: Option<BlockKind>, title: Option<&Looks>) -> BlockKind {
    if previous != Some(BlockKind::Heading) {
        return BlockKind::Paragraph;
    }
    if title.is_some_and(|title| title.words <= 4) {
        // "PRESS RELEASE"
        return BlockKind::Heading;
    }
    let lists = Lists::get();
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let names_source = text.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        matches!(
            word.to_ascii_lowercase().as_str(),
            "correspondent"
                | "reporter"
                | "editorial"
                | "interview"
                | "embassy"
                | "ministry"
                | "secretariat"
                | "spokesperson"
                | "translated"
                | "released"
                | "published"
                | "publication"
                | "sitting"
        )
    });
    let is_dated =
        words.any(|word| lists.is_month_or_day(word)) && text.contains(|c: char| c.is_ascii_digit());
    if names_source || is_dated || text.starts_with('(') { BlockKind::Paragraph } else { BlockKind::Heading }
}

/// "By Name, place": who wrote it.
fn is_byline(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let by = words.next().is_some_and(|word| matches!(word, "By" | "BY" | "by"));
    by && words.next().is_some_and(|word| word.starts_with(char::is_uppercase))
}

/// "Built: 1955 to 1959"
fn is_key_value(text: &str) -> bool {
    // A key has 40 bytes at most.
    let lead = text.get(..text.floor_char_boundary(42)).unwrap_or(text);
    let Some((colon, _)) = lead.match_indices(':').find(|(at, _)| text.as_bytes().get(at + 1) == Some(&b' '))
    else {
        return false;
    };
    let key = text.get(..colon).unwrap_or("");
    key.len() <= 40 && key.split_whitespace().count() <= 4 && text.len() > colon + 2
}

fn ending(text: &str) -> Ending {
    let words = text.trim_end_matches(is_closer);
    let Some(last) = words.chars().next_back() else { return Ending::Open };
    match last {
        ';' | '；' | '؛' => Ending::Semicolon,
        ',' | '，' | '،' | '、' => Ending::Comma,
        ':' | '：' => Ending::Colon,
        _ if stop(last).is_some() => Ending::Stop,
        _ => {
            // "…; and"
            let is_joined = ["; and", "; or", ";and", ", and"].iter().any(|joint| words.ends_with(joint));
            if is_joined { Ending::Semicolon } else { Ending::Open }
        }
    }
}

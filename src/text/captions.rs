//! Tells captions by the words that name a picture or who took it.

use super::lists::Lists;

/// Photograph words in front ("Photo source: …") or behind ("… at the port. (Photo: …)").
pub(super) fn is_caption(text: &str, words: usize) -> bool {
    if words > 45 {
        return false;
    }
    let lists = Lists::get();
    let label = |before_colon: &str| {
        lists.is_caption_word(before_colon.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' '))
    };
    // A label has 30 bytes at most.
    let lead = text.get(..text.floor_char_boundary(33)).unwrap_or(text);
    if let Some(colon) = lead.find(':').or_else(|| lead.find('：'))
        && let Some(key) = lead.get(..colon)
        && key.len() <= 30
        && label(key)
    {
        return true;
    }
    let lower_by =
        |opening: &str| text.get(..opening.len()).is_some_and(|head| head.eq_ignore_ascii_case(opening));
    if words <= 20
        && ["photo by ", "photograph by ", "picture by ", "photo courtesy ", "image by "]
            .iter()
            .any(|o| lower_by(o))
    {
        return true;
    }
    credit(text)
}

/// Whether the block ends with who took the picture.
fn credit(text: &str) -> bool {
    const CREDITS: [&str; 13] = [
        "photo:",
        "photos:",
        "photo source:",
        "photo credit:",
        "picture:",
        "image:",
        "copyright:",
        "photo by ",
        "picture by ",
        "photograph by ",
        "photo courtesy",
        "(photo ",
        "(file photo",
    ];
    let mut from = text.len().saturating_sub(120);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let Some(tail) = text.get(from..) else { return false };
    if !may_credit(tail.as_bytes()) {
        return agency_behind(text);
    }
    let lower = tail.to_ascii_lowercase();
    CREDITS.iter().any(|credit| {
        lower.find(credit).is_some_and(|found| {
            let before = lower.get(..found).unwrap_or("").trim_end();
            credit.starts_with('(')
                || from + found == 0
                || before.ends_with(['.', '(', '–', '—', '-', '/', '|', '[', ')', '"', '”'])
        })
    }) || photo_behind(&lower)
        || agency_behind(text)
}

/// Whether a credit's words may stand in `tail`: a look at each four bytes before the words are searched for.
fn may_credit(tail: &[u8]) -> bool {
    tail.windows(4).any(|four| {
        let &[a, b, c, d] = four else { return false };
        let word = u32::from_be_bytes([a, b, c, d]) | 0x2020_2020;
        [*b"hoto", *b"ictu", *b"mage", *b"opyr"].iter().any(|part| word == u32::from_be_bytes(*part))
    })
}

/// "… of the palace. — Agency Photo", "… of the palace (Agency Photo)"
fn photo_behind(lower: &str) -> bool {
    let Some(words) = lower
        .trim_end_matches([')', '.'])
        .strip_suffix("photo")
        .or_else(|| lower.trim_end_matches([')', '.']).strip_suffix("photos"))
    else {
        return false;
    };
    words
        .rfind(['(', '–', '—', '-'])
        .is_some_and(|open| words.get(open..).is_some_and(|name| name.split_whitespace().count() <= 5))
        && words.ends_with(' ')
}

/// "… on Wednesday. (SPA)": short, and a name in brackets behind a full stop or without any.
fn agency_behind(text: &str) -> bool {
    let Some(words) = text.strip_suffix(')') else { return false };
    let Some(open) = words.rfind('(') else { return false };
    let inside = words.get(open + 1..).unwrap_or("");
    let before = text.get(..open).unwrap_or("");
    let is_name = inside.contains('/') && inside.starts_with(char::is_uppercase)
        || inside.len() >= 2
            && inside.len() <= 10
            && inside.chars().all(char::is_uppercase)
            && before.trim_end().ends_with('.');
    is_name && before.split_whitespace().count() >= 4
}

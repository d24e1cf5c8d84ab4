//! HTML in Markdown: tags out, words kept.

use quick_xml::escape::resolve_predefined_entity;

/// The name of the tag that `tag` is, as it is written there; none for comments and the like.
pub(super) fn name(tag: &str) -> Option<&str> {
    let rest = tag.strip_prefix("</").or_else(|| tag.strip_prefix('<'))?;
    let end = rest.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(rest.len());
    rest.get(..end).filter(|name| !name.is_empty())
}

/// The words of HTML. Where a block of the page ends, a line ends; comments, scripts and style sheets are left out.
pub(super) fn strip(html: &str) -> String {
    let mut words = String::new();
    let mut rest = html;
    // A quotation mark that is never closed would have every tag searched to the end.
    let mut minds_quotes = true;
    while let Some((before, from)) = rest.find('<').and_then(|at| rest.split_at_checked(at)) {
        say(before, &mut words);
        let (tag, behind) = match tag_length(from, &mut minds_quotes) {
            Some(length) => from.split_at_checked(length).unwrap_or((from, "")),
            // No tag: the sign itself.
            None => {
                words.push('<');
                ("", from.get(1..).unwrap_or_default())
            }
        };
        rest = behind;
        let lower = name(tag).unwrap_or_default().to_ascii_lowercase();
        if matches!(lower.as_str(), "script" | "style" | "template" | "svg") && !tag.starts_with("</") {
            rest = behind_end_tag(behind, &lower);
        } else if !lower.is_empty() && !is_inline(&lower) && !words.ends_with('\n') {
            words.push('\n');
        }
    }
    say(rest, &mut words);
    words
}

/// Adds text; white space of the source is a space on the page.
fn say(text: &str, words: &mut String) {
    let text = decode(text);
    let mut parts = text.split([' ', '\t', '\n', '\r']);
    words.push_str(parts.next().unwrap_or_default());
    for part in parts {
        if !words.is_empty() && !words.ends_with([' ', '\n']) {
            words.push(' ');
        }
        words.push_str(part);
    }
}

/// Bytes of the tag or comment that `from` begins with; none when it is a mere sign.
fn tag_length(from: &str, minds_quotes: &mut bool) -> Option<usize> {
    if from.starts_with("<!--") {
        return Some(from.find("-->").map_or(from.len(), |at| at + 3));
    }
    let second = from.get(1..)?.chars().next()?;
    if !(second.is_ascii_alphabetic() || matches!(second, '/' | '!' | '?')) {
        return None;
    }
    if *minds_quotes {
        let mut quote = None;
        for (at, byte) in from.bytes().enumerate() {
            match (quote, byte) {
                (None, b'>') => return Some(at + 1),
                (None, b'"' | b'\'') => quote = Some(byte),
                (Some(open), _) if open == byte => quote = None,
                _ => {}
            }
        }
        *minds_quotes = false;
    }
    from.find('>').map(|at| at + 1)
}

/// What follows the end tag of an element; nothing when there is none.
fn behind_end_tag<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut ends = rest.match_indices("</");
    let is_it = |(at, _): &(usize, &str)| {
        let behind = rest.get(at + 2..).unwrap_or_default();
        behind.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name))
    };
    let end = ends.find(is_it).and_then(|(at, _)| rest.get(at..));
    end.and_then(|end| end.split_once('>')).map_or("", |(_, behind)| behind)
}

/// Whether an element stands inside a line of words.
fn is_inline(name: &str) -> bool {
    const INLINE: &[&str] = &[
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
        "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
        "time", "tt", "u", "var", "wbr",
    ];
    INLINE.contains(&name)
}

/// Text with the references resolved that XML knows, numbers, and the space that does not break.
fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.find('&').and_then(|at| rest.split_at_checked(at)) {
        decoded.push_str(before);
        // The longest of them has ten digits.
        let end = from.bytes().take(12).position(|byte| byte == b';');
        let known = end.and_then(|end| from.get(1..end)).and_then(reference).zip(end);
        match known {
            Some((character, end)) => {
                decoded.push(character);
                rest = from.get(end + 1..).unwrap_or_default();
            }
            None => {
                decoded.push('&');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    decoded.push_str(rest);
    decoded
}

fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|it| *it != '\0');
    }
    match name {
        "nbsp" => Some('\u{a0}'),
        _ => resolve_predefined_entity(name)?.chars().next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_and_blocks_of_the_page_are_lines() {
        for (html, expected) in [
            ("<p align=\"center\">One <b>two</b>\n three</p>\n<p>Four</p>", "\nOne two three\nFour\n"),
            ("<div title='a > b'>x</div>", "\nx\n"),
            ("a<br>b<!-- no > -->c", "a\nbc"),
            ("<script>alert('<p>')</script>x<STYLE>p {}</style >y", "xy"),
            ("<script>never ends", ""),
            ("1 < 2 &amp;&lt;&nbsp;&#233;&#x65E5;&unknown;&", "1 < 2 &<\u{a0}é日&unknown;&"),
            ("<a href=\"never ends>x</a>", "x"),
            ("a <b", "a <b"),
            ("<!-- never ends", ""),
            ("", ""),
        ] {
            assert_eq!(strip(html), expected, "{html}");
        }
    }

    #[test]
    fn the_name_of_a_tag_is_found() {
        for (tag, expected) in
            [("<br/>", Some("br")), ("</h1>", Some("h1")), ("<!-- x -->", None), ("<", None), ("", None)]
        {
            assert_eq!(name(tag), expected);
        }
    }
}

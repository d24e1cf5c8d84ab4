//! The encoding of a page, and its words in it.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

use super::super::super::{OpenError, Warning, binary};
use super::super::old_text;
use super::parse;

/// Where a page's own word about its encoding is looked for, in bytes. The HTML standard asks for 1024; pages that
/// keep scripts before it are read by browsers too.
const HEAD: usize = 8192;

/// The words of a page: in the encoding of its byte order mark, else the one that it names, else UTF-8 when it is, else
/// the one that its bytes look like. What cannot be decoded becomes U+FFFD and is reported.
///
/// # Errors
/// [`OpenError::Binary`] when the bytes are those of another kind of file.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Vec<Warning>), OpenError> {
    if let Some(error) = binary::known(bytes) {
        return Err(error);
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(old_text::decode(bytes, encoding));
    }
    let declared = declared(bytes);
    if let Some(encoding) = declared.filter(|&encoding| encoding != UTF_8) {
        let (words, warnings) = old_text::decode(bytes, encoding);
        let is_right = !words.contains('\u{fffd}') || std::str::from_utf8(bytes).is_err();
        if is_right {
            return Ok((words, warnings));
        }
    }
    if old_text::is_nearly_utf8(bytes) {
        return Ok(old_text::decode(bytes, UTF_8));
    }
    let (words, mut warnings, _) = old_text::guessed(bytes);
    if declared.is_some() {
        warnings.insert(0, Warning::new("the text", "it is not in the encoding that the page names"));
    }
    Ok((words, warnings))
}

/// The encoding that a page names: in `<?xml encoding>`, `<meta charset>` or `<meta http-equiv>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<', 0, ..] => return Some(UTF_16LE),
        [0, b'<', ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let (head, _) = WINDOWS_1252.decode_without_bom_handling(head);
    let label = in_xml(&head).or_else(|| in_meta(&head))?;
    let encoding = Encoding::for_label(label.trim().as_bytes())?;
    // What was read so far was ASCII, so it cannot be what it says (HTML standard, 13.2.3.2).
    Some(if encoding == UTF_16LE || encoding == UTF_16BE {
        UTF_8
    } else if encoding == X_USER_DEFINED {
        WINDOWS_1252
    } else {
        encoding
    })
}

fn in_xml(head: &str) -> Option<String> {
    let declaration = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value.split(quote).nth(1).map(str::to_owned)
}

fn in_meta(head: &str) -> Option<String> {
    // A head that cannot be parsed is refused when the page is.
    let tree = parse::parse(head).ok()?.tree;
    let metas = tree.descendants(super::tree::NodeId::DOCUMENT).filter(|&id| tree.name(id) == "meta");
    metas
        .filter_map(|id| {
            let attribute = |name| tree.attribute(id, name);
            if let Some(charset) = attribute("charset") {
                return Some(charset.to_owned());
            }
            let is_type = attribute("http-equiv")?.trim().eq_ignore_ascii_case("content-type");
            let content = attribute("content").filter(|_| is_type)?.to_ascii_lowercase();
            let (_, value) = content.split_once("charset")?;
            let value = value.trim_start().strip_prefix('=')?.trim_start();
            let value = value.trim_matches(['"', '\'']);
            value.split(|end: char| end.is_whitespace() || end == ';').next().map(str::to_owned)
        })
        .find(|label| Encoding::for_label(label.trim().as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str, warned: &[&str]) {
        let (words, warnings) = decode(bytes).unwrap();
        assert!(words.contains(expected), "{words}");
        assert_eq!(warnings.iter().map(ToString::to_string).collect::<Vec<_>>(), warned, "{words}");
    }

    #[test]
    fn what_the_page_says_of_its_encoding_is_believed() {
        check(b"<meta charset=windows-1252><p>caf\xE9 \x96 \x80", "café – €", &[]);
        check(
            b"<META HTTP-EQUIV='Content-Type' CONTENT='text/html; CharSet=ISO-8859-1'>caf\xE9",
            "café",
            &[],
        );
        check(b"<?xml version='1.0' encoding='windows-1251'?><html>\xEC\xE8\xF0", "мир", &[]);
        check(b"<meta charset='shift_jis'>\x93\xFA\x96{", "日本", &[]);
        check(b"<meta charset=iso-2022-jp>\x1B$BF|K\\\x1B(B", "日本", &[]);
        check("<meta charset=utf-8>日本".as_bytes(), "日本", &[]);
        // Behind scripts and comments that speak of other encodings, and beyond the first 1024 bytes.
        let late = [
            b"<!-- <meta charset=big5> --><script>'<meta charset=gbk>'</script>".as_slice(),
            &b" ".repeat(2000),
            b"<meta charset=koi8-r>\xCD\xC9\xD2",
        ];
        check(&late.concat(), "мир", &[]);
    }

    #[test]
    fn a_byte_order_mark_wins() {
        let utf16: Vec<u8> =
            "\u{feff}<meta charset=latin1>日本".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&utf16, "日本", &[]);
        check("\u{feff}<meta charset=latin1>日本".as_bytes(), "日本", &[]);
    }

    #[test]
    fn utf16_without_a_mark_is_seen_by_its_first_sign() {
        let big: Vec<u8> = "<p>日本".encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&big, "日本", &[]);
    }

    #[test]
    fn what_cannot_be_is_not_believed() {
        // UTF-16 that is read byte by byte; an unknown name; UTF-8 that is none of the encoding.
        check("<meta charset=utf-16>日本".as_bytes(), "日本", &[]);
        check("<meta charset=no-such-thing>日本".as_bytes(), "日本", &[]);
        check("<meta charset=euc-kr>日本が提案した。".as_bytes(), "日本が提案した。", &[]);
        check(
            b"<meta charset=utf-8><p>Le d\xE9l\xE9gu\xE9 a remerci\xE9 ses h\xF4tes pour leur accueil.",
            "Le délégué a remercié ses hôtes",
            &[
                "the text: it is not in the encoding that the page names",
                "the text: read as windows-1252: check accents and signs",
            ],
        );
    }

    #[test]
    fn a_damaged_sign_does_not_turn_the_whole_page() {
        let mut page = "<meta charset=utf-8><p>Müller dankte für die Gespräche. ".repeat(9).into_bytes();
        page.push(0xC3);
        check(&page, "Müller dankte", &["the text: a place could not be decoded: replaced by \u{fffd}"]);
    }

    #[test]
    fn a_page_without_a_word_about_its_encoding_is_read_by_its_bytes() {
        check("<p>Žižek".as_bytes(), "Žižek", &[]);
        check(
            b"<p>Le d\xE9l\xE9gu\xE9 a remerci\xE9 ses h\xF4tes pour leur accueil chaleureux.",
            "délégué",
            &["the text: read as windows-1252: check accents and signs"],
        );
    }

    #[test]
    fn another_kind_of_file_is_named() {
        let error = decode(b"%PDF-1.7").unwrap_err().to_string();
        assert!(error.starts_with("this is a PDF"), "{error}");
    }
}

//! Names for downloaded files.

use unicode_segmentation::UnicodeSegmentation as _;

/// Longest name without its ending, in bytes of UTF-8: file systems allow 255, and browsers add " (1)".
const LONGEST: usize = 120;

/// A file name that every system takes: `<title><ending>`, with what Windows, macOS or Linux forbid left out.
///
/// Letters of every script stay. The name never begins or ends with a dot or a space, is never a name that
/// Windows keeps for devices, and never empty: without a usable letter it is `article`.
pub fn safe_file_name(title: &str, ending: &str) -> String {
    let allowed = |character: char| {
        if character.is_control() || "/\\:*?\"<>|".contains(character) { ' ' } else { character }
    };
    // Marks that turn the writing direction could show "gpj.exe" as "exe.jpg".
    let is_turn = |character: &char| matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let cleaned: String = title.chars().filter(|character| !is_turn(character)).map(allowed).collect();
    let words: Vec<&str> = cleaned.split_whitespace().collect();
    let mut name = String::new();
    for cluster in words.join(" ").graphemes(true) {
        if name.len() + cluster.len() > LONGEST {
            break;
        }
        name.push_str(cluster);
    }
    let ends = |character: char| character == '.' || character.is_whitespace();
    let mut name = name.trim_matches(ends).to_owned();
    if name.is_empty() {
        name.push_str("article");
    }
    if is_device(&name) {
        name.insert(0, '_');
    }
    name.push_str(ending);
    name
}

/// Whether Windows keeps the name for a device; what follows the first dot does not matter to it.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |prefix: &str| {
        let digit = stem.strip_prefix(prefix).map(|rest| rest.chars().collect::<Vec<_>>());
        matches!(digit.as_deref(), Some(['0'..='9' | '¹' | '²' | '³']))
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || numbered("COM")
        || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_title_becomes_a_name_that_every_system_takes() {
        for (title, name) in [
            ("Ministers meet", "Ministers meet"),
            ("  Aid: who / what?  ", "Aid who what"),
            ("a\\b*c\"d<e>f|g", "a b c d e f g"),
            ("line\nbreak\tand\u{0}null", "line break and null"),
            ("...hidden...", "hidden"),
            ("../../etc/passwd", "etc passwd"),
            ("", "article"),
            (". . .", "article"),
            ("???", "article"),
            ("con", "_con"),
            ("Com1.report", "_Com1.report"),
            ("LPT¹", "_LPT¹"),
            ("NUL .x", "_NUL .x"),
            ("Console", "Console"),
            ("日本とカンボジア", "日本とカンボジア"),
            ("កម្ពុជា", "កម្ពុជា"),
            ("👩‍🚒 at work", "👩‍🚒 at work"),
            ("safe\u{202e}gpj.exe", "safegpj.exe"),
        ] {
            assert_eq!(safe_file_name(title, ".readout.json"), format!("{name}.readout.json"), "{title:?}");
        }
    }

    #[test]
    fn a_long_title_is_cut_between_what_a_reader_sees_as_letters() {
        let name = safe_file_name(&"👩‍🚒".repeat(40), "");
        assert!(name.len() <= LONGEST && !name.is_empty());
        assert_eq!(name.len() % "👩‍🚒".len(), 0);
    }

    proptest! {
        #[test]
        fn any_title_gives_a_name_that_is_short_and_not_empty(title in "\\PC*|.*") {
            let name = safe_file_name(&title, "");
            prop_assert!(!name.is_empty() && name.len() <= LONGEST + 1);
            prop_assert!(!name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '\0', '\n']));
            prop_assert!(!name.starts_with(['.', ' ']) && !name.ends_with(['.', ' ']));
            prop_assert!(!is_device(&name));
        }
    }
}

//! Names of files in an archive, made safe to show. They never become paths.

use unicode_segmentation::UnicodeSegmentation as _;

/// The longest name or folder that is shown, in bytes.
const LONGEST: usize = 160;

/// Folders and the name, each made safe to show; the name may be empty.
///
/// Steps that climb (`..`), roots and drives are left out, backslashes part folders too, control characters and
/// those that turn the direction of writing are dropped.
pub(super) fn split(raw: &str) -> (String, String) {
    let mut steps: Vec<String> = steps(raw).map(clean).filter(|step| !step.is_empty()).collect();
    let name = if raw.ends_with(['/', '\\']) { None } else { steps.pop() };
    (shorten(&steps.join("/")), shorten(&name.unwrap_or_default()))
}

/// Whether a name is one that systems leave behind: of hidden files and folders, thumbnails, locks of open documents.
pub(super) fn is_litter(raw: &str) -> bool {
    let is_hidden = |step: &str| step.starts_with('.');
    let name = steps(raw).last().unwrap_or_default();
    steps(raw).any(|step| step.eq_ignore_ascii_case("__MACOSX") || is_hidden(step))
        || name.starts_with("~$")
        || ["thumbs.db", "ehthumbs.db", "desktop.ini"].iter().any(|it| name.eq_ignore_ascii_case(it))
}

/// The steps of a path that lead down.
fn steps(raw: &str) -> impl Iterator<Item = &str> {
    let is_drive = |step: &str| matches!(step.as_bytes(), [letter, b':'] if letter.is_ascii_alphabetic());
    raw.split(['/', '\\']).filter(move |step| !matches!(*step, "" | "." | "..") && !is_drive(step))
}

fn clean(step: &str) -> String {
    let is_turn =
        |it: char| matches!(it, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shown = |it: char| if matches!(it, '\u{2028}' | '\u{2029}') { ' ' } else { it };
    let kept: String = step.chars().filter(|&it| !it.is_control() && !is_turn(it)).map(shown).collect();
    kept.trim().to_owned()
}

/// The beginning and the end of what is too long: the end bears a file's ending.
fn shorten(words: &str) -> String {
    if words.len() <= LONGEST {
        return words.to_owned();
    }
    let fitting = |clusters: &mut dyn Iterator<Item = &str>, most: usize| {
        let mut length = 0;
        for cluster in clusters {
            if length + cluster.len() > most {
                break;
            }
            length += cluster.len();
        }
        length
    };
    let head = fitting(&mut words.graphemes(true), LONGEST * 3 / 4);
    let tail = fitting(&mut words.graphemes(true).rev(), LONGEST / 4 - 3);
    let head = words.get(..head).unwrap_or_default();
    let tail = words.get(words.len() - tail..).unwrap_or_default();
    format!("{head}…{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_shown_and_never_leads_anywhere() {
        for (raw, folder, name) in [
            ("a.txt", "", "a.txt"),
            ("2026/may/a.txt", "2026/may", "a.txt"),
            ("../../etc/passwd", "etc", "passwd"),
            ("/etc/passwd", "etc", "passwd"),
            ("C:\\Users\\x\\..\\a.docx", "Users/x", "a.docx"),
            ("\\\\host\\share\\a.txt", "host/share", "a.txt"),
            ("a/./b//c.txt", "a/b", "c.txt"),
            ("a\0b\u{7}\r\nc.txt", "", "abc.txt"),
            ("good\u{202e}txt.exe", "", "goodtxt.exe"),
            ("line\u{2028}end.txt", "", "line end.txt"),
            (" / .txt", "", ".txt"),
            ("..", "", ""),
            ("folder/", "folder", ""),
            ("\u{1}", "", ""),
        ] {
            assert_eq!(split(raw), (folder.to_owned(), name.to_owned()), "{raw:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending_and_whole_characters() {
        for unit in ["a", "ü", "日", "👩‍👩‍👧", "e\u{301}"] {
            let (folder, name) = split(&format!("{0}/{0}.docx", unit.repeat(20_000)));
            for it in [&folder, &name] {
                assert!(it.len() <= LONGEST && it.len() > LONGEST / 2, "{it}");
            }
            assert!(name.ends_with(".docx") && name.contains('…'), "{name}");
            assert!(name.split('…').next().is_some_and(|head| head.len() % unit.len() == 0), "{name}");
        }
        // One character that is longer than all names.
        assert!(split(&format!("a{}.txt", "\u{301}".repeat(20_000))).1.len() <= LONGEST);
    }

    #[test]
    fn what_systems_leave_behind_is_not_listed() {
        for litter in [
            "__MACOSX/a/._b.txt",
            "a/.DS_Store",
            ".git/config",
            "a/Thumbs.db",
            "Desktop.ini",
            "~$report.docx",
            "a\\.hidden",
        ] {
            assert!(is_litter(litter), "{litter}");
        }
        for file in ["a.txt", "../a.txt", "./a.txt", "a..txt", "thumbs.db/a.txt", "x~$.txt", ""] {
            assert!(!is_litter(file), "{file}");
        }
    }
}

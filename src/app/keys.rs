//! The table of keys: what handles key presses and what the sheet behind `?` shows are the same rows.

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    /// Make the next sentence current.
    Next,
    /// Make the sentence before current.
    Previous,
    /// Make the first sentence of the next block current.
    NextBlock,
    /// Make the first sentence of the block before current.
    PreviousBlock,
    /// Make the first sentence current.
    First,
    /// Make the last sentence current.
    Last,
    /// Make the next sentence that is not judged current.
    NextUnjudged,
    /// Select one sentence more downwards.
    ExtendDown,
    /// Select one sentence more upwards.
    ExtendUp,
    /// Toggle the label with this place in the codebook.
    Label(usize),
    /// "No label applies".
    NoLabel,
    /// Make the sentence's next label the one that details go to.
    NextTag,
    /// Firm or soft.
    Strength,
    /// Say who acts.
    By,
    /// Say who receives.
    To,
    /// Pick the words that show it.
    Evidence,
    /// Write a note.
    Note,
    /// Take the surest suggestion on the sentence.
    TakeSuggestion,
    /// Dismiss the surest suggestion on the sentence.
    DismissSuggestion,
    /// Make the next sentence current for which something is suggested.
    NextSuggestion,
    /// Make the sentence before current for which something is suggested.
    PreviousSuggestion,
    /// Show what is suggested in the article, and what was learnt.
    Suggestions,
    /// Take the last edit back.
    Undo,
    /// Do it again.
    Redo,
    /// Open the find bar.
    Find,
    /// Choose files to open.
    Open,
    /// Download this article.
    Download,
    /// Show or hide this table.
    Keys,
    /// Show or hide the articles.
    FoldSide,
    /// Show or hide the inspector.
    FoldInspector,
}

/// Groups of the sheet, in order: the key of their heading in the interface strings.
pub const GROUPS: [&str; 5] = ["keys.move", "keys.tag", "keys.undo", "keys.find", "keys.view"];

/// One row: a key and what it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// What it asks for.
    pub command: Command,
    /// The key: `event.key` in lower case for letters and signs, `event.code` for digits (`Digit1`), so that
    /// letters follow the layout and digits need no shift on any.
    pub key: &'static str,
    /// Whether Ctrl (or the command key) is held.
    pub ctrl: bool,
    /// Whether Shift is held; does not matter for signs, which need it on some layouts.
    pub shift: bool,
    /// Whether Alt is held.
    pub alt: bool,
    /// How the sheet and the buttons show it.
    pub shown: &'static str,
    /// Index into [`GROUPS`].
    pub group: usize,
    /// Key of its words in the interface strings; rows with the same words share a line.
    pub words: &'static str,
}

const fn row(
    command: Command,
    key: &'static str,
    shown: &'static str,
    group: usize,
    words: &'static str,
) -> Binding {
    Binding { command, key, ctrl: false, shift: false, alt: false, shown, group, words }
}

const fn ctrl(binding: Binding) -> Binding {
    Binding { ctrl: true, ..binding }
}

const fn shift(binding: Binding) -> Binding {
    Binding { shift: true, ..binding }
}

const fn alt(binding: Binding) -> Binding {
    Binding { alt: true, ..binding }
}

/// Every key, in the order of the sheet.
pub const BINDINGS: &[Binding] = &[
    row(Command::Previous, "arrowup", "↑", 0, "key.sentence"),
    row(Command::Next, "arrowdown", "↓", 0, "key.sentence"),
    row(Command::Previous, "k", "K", 0, "key.sentence"),
    row(Command::Next, "j", "J", 0, "key.sentence"),
    alt(row(Command::PreviousBlock, "arrowup", "Alt+↑", 0, "key.block")),
    alt(row(Command::NextBlock, "arrowdown", "Alt+↓", 0, "key.block")),
    row(Command::First, "home", "Home", 0, "key.ends"),
    row(Command::Last, "end", "End", 0, "key.ends"),
    row(Command::NextUnjudged, ".", ".", 0, "key.unjudged"),
    shift(row(Command::ExtendUp, "arrowup", "Shift+↑", 0, "key.extend")),
    shift(row(Command::ExtendDown, "arrowdown", "Shift+↓", 0, "key.extend")),
    row(Command::NoLabel, "Digit0", "0", 1, "key.none"),
    row(Command::NextTag, "a", "A", 1, "key.next-tag"),
    row(Command::Strength, "f", "F", 1, "key.strength"),
    row(Command::By, "b", "B", 1, "key.by"),
    row(Command::To, "t", "T", 1, "key.to"),
    row(Command::Evidence, "e", "E", 1, "key.evidence"),
    row(Command::Note, "n", "N", 1, "key.note"),
    row(Command::TakeSuggestion, "s", "S", 1, "key.take"),
    row(Command::DismissSuggestion, "x", "X", 1, "key.dismiss"),
    shift(row(Command::PreviousSuggestion, "x", "Shift+X", 1, "key.suggestions")),
    shift(row(Command::NextSuggestion, "s", "Shift+S", 1, "key.suggestions")),
    row(Command::Suggestions, "g", "G", 1, "key.all-suggestions"),
    ctrl(row(Command::Undo, "z", "Ctrl+Z", 2, "key.undo")),
    row(Command::Undo, "u", "U", 2, "key.undo"),
    ctrl(shift(row(Command::Redo, "z", "Ctrl+Shift+Z", 2, "key.redo"))),
    ctrl(row(Command::Redo, "y", "Ctrl+Y", 2, "key.redo")),
    row(Command::Find, "/", "/", 3, "key.find"),
    ctrl(row(Command::Open, "o", "Ctrl+O", 3, "key.open")),
    ctrl(row(Command::Download, "s", "Ctrl+S", 3, "key.download")),
    row(Command::Keys, "?", "?", 3, "key.keys"),
    row(Command::FoldSide, "[", "[", 4, "key.side"),
    row(Command::FoldInspector, "]", "]", 4, "key.inspector"),
];

/// What the sheet shows of the pointer: group, key of how it is done and key of what it does in the interface strings.
pub const POINTER_WAYS: &[(usize, &str, &str)] = &[
    (0, "pointer.click", "key.pointer.sentence"),
    (0, "pointer.shift-click", "key.pointer.range"),
    (0, "pointer.drag", "key.pointer.range"),
    (1, "pointer.select", "key.pointer.words"),
];

/// A key press, as the browser tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Press {
    /// `event.key`.
    pub key: String,
    /// `event.code`.
    pub code: String,
    /// Ctrl or the command key.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
}

impl Press {
    /// Whether the press is a plain character: such keys act only while a sentence has the focus (WCAG 2.1.4).
    pub fn is_character(&self) -> bool {
        !self.ctrl && self.key.chars().count() == 1
    }

    /// What the press asks for. `labels` is the number of labels in the codebook.
    pub fn command(&self, labels: usize) -> Option<Command> {
        let digit = self.code.strip_prefix("Digit").or_else(|| self.code.strip_prefix("Numpad"));
        let digit = digit.and_then(|digit| digit.parse::<usize>().ok()).filter(|_| !self.ctrl && !self.alt);
        // On layouts where the digit row gives letters or signs, the digit's place still means the digit, but not
        // together with Shift, which may be how a sign such as "/" or "?" is typed.
        if let Some(digit) = digit
            && (!self.shift || self.key.parse::<usize>().is_ok())
        {
            return match digit {
                0 => Some(Command::NoLabel),
                digit if digit <= labels => Some(Command::Label(digit - 1)),
                _ => None,
            };
        }
        let key = self.key.to_lowercase();
        let is_sign = key.chars().count() == 1 && !key.chars().all(char::is_alphanumeric);
        BINDINGS
            .iter()
            .find(|binding| {
                binding.key == key
                    && binding.ctrl == self.ctrl
                    && (is_sign || (binding.shift == self.shift && binding.alt == self.alt))
            })
            .map(|binding| binding.command)
    }
}

/// How the first key of a command is shown on its button.
pub fn shown(command: Command) -> &'static str {
    BINDINGS.iter().find(|binding| binding.command == command).map_or("", |binding| binding.shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(chord: &str, key: &str, code: &str) -> Press {
        Press {
            key: key.into(),
            code: code.into(),
            ctrl: chord.contains('c'),
            shift: chord.contains('s'),
            alt: chord.contains('a'),
        }
    }

    #[test]
    fn digits_mean_their_place_on_every_layout() {
        assert_eq!(press("", "1", "Digit1").command(3), Some(Command::Label(0)));
        assert_eq!(press("", "&", "Digit1").command(3), Some(Command::Label(0)), "AZERTY without shift");
        assert_eq!(press("s", "1", "Digit1").command(3), Some(Command::Label(0)), "AZERTY with shift");
        assert_eq!(press("", "3", "Numpad3").command(3), Some(Command::Label(2)));
        assert_eq!(press("", "4", "Digit4").command(3), None);
        assert_eq!(press("c", "1", "Digit1").command(3), None, "the browser's own");
    }

    #[test]
    fn signs_work_however_the_layout_types_them() {
        assert_eq!(press("s", "/", "Digit7").command(3), Some(Command::Find), "German");
        assert_eq!(press("s", "?", "Slash").command(3), Some(Command::Keys));
        assert_eq!(press("s", ".", "Comma").command(3), Some(Command::NextUnjudged), "AZERTY");
        assert_eq!(press("a", "[", "Digit5").command(3), Some(Command::FoldSide), "AltGr");
    }

    #[test]
    fn letters_follow_the_layout_and_their_chords_stay_apart() {
        assert_eq!(press("", "j", "KeyC").command(3), Some(Command::Next), "Dvorak");
        assert_eq!(press("c", "z", "KeyW").command(3), Some(Command::Undo), "AZERTY");
        assert_eq!(press("cs", "Z", "KeyZ").command(3), Some(Command::Redo));
        assert_eq!(press("c", "j", "KeyJ").command(3), None, "the browser's downloads");
        assert_eq!(press("s", "J", "KeyJ").command(3), None);
    }

    #[test]
    fn no_two_rows_answer_to_the_same_press() {
        for (index, left) in BINDINGS.iter().enumerate() {
            for right in BINDINGS.iter().skip(index + 1) {
                let same = (left.key, left.ctrl, left.shift, left.alt)
                    == (right.key, right.ctrl, right.shift, right.alt);
                assert!(!same, "{} twice", left.shown);
            }
        }
    }
}

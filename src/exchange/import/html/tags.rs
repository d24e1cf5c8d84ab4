//! Counts the attributes of a tag before the tokenizer sees it.

/// Reads a tag byte by byte as the HTML standard's tokenizer does (section 13.2.5.6 and on), and counts attributes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TagScan {
    state: State,
    attributes: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    /// Before the `<`.
    #[default]
    Start,
    /// Behind the `<`.
    Open,
    TagName,
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    /// In a value, up to this quote.
    Quoted(u8),
    Unquoted,
    /// Behind the tag, or in what is none.
    Out,
}

impl TagScan {
    /// Reads on; the attributes so far.
    pub(super) fn read(&mut self, bytes: &[u8]) -> usize {
        for &byte in bytes {
            if self.state == State::Out {
                break;
            }
            self.step(byte);
        }
        self.attributes
    }

    fn step(&mut self, byte: u8) {
        let is_space = matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C');
        self.state = match (self.state, byte) {
            (State::Start, b'<') => State::Open,
            (State::Open, b'/') => State::Open,
            (State::Open, _) if byte.is_ascii_alphabetic() => State::TagName,
            (State::Start | State::Open | State::Out, _) => State::Out,
            (State::Quoted(quote), _) if byte == quote => State::BeforeName,
            (State::Quoted(quote), _) => State::Quoted(quote),
            (State::BeforeValue, b'"' | b'\'') => State::Quoted(byte),
            (_, b'>') => State::Out,
            (State::TagName, b'/') => State::BeforeName,
            (State::TagName, _) if is_space => State::BeforeName,
            (State::TagName, _) => State::TagName,
            (State::Unquoted, _) if is_space => State::BeforeName,
            (State::Unquoted, _) => State::Unquoted,
            (State::BeforeValue, _) if is_space => State::BeforeValue,
            (State::BeforeValue, _) => State::Unquoted,
            (_, b'/') => State::BeforeName,
            (State::BeforeName, _) if is_space => State::BeforeName,
            (State::Name | State::AfterName, _) if is_space => State::AfterName,
            (State::Name | State::AfterName, b'=') => State::BeforeValue,
            (State::Name, _) => State::Name,
            (State::BeforeName | State::AfterName, _) => {
                self.attributes += 1;
                State::Name
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted_across_pieces_and_not_inside_values() {
        let check = |pieces: &[&str], attributes: usize| {
            let mut scan = TagScan::default();
            let counts: Vec<_> = pieces.iter().map(|piece| scan.read(piece.as_bytes())).collect();
            assert_eq!(counts.last(), Some(&attributes), "{pieces:?}");
        };
        check(&["<p>"], 0);
        check(&["<p a b=1 c='x y z' d=\"<q r s>\" e = f/g>h i j"], 5);
        check(&["</p a>"], 1);
        check(&["<img src=\"data:", "x y z", " w\" alt>"], 2);
        check(&["<a =b/c"], 2);
        check(&["<!-- a b c"], 0);
        check(&["words < more words"], 0);
    }
}

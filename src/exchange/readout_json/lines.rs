//! JSON with each entry on a line of its own: a person can read it, and two versions can be compared.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

/// How deep containers are broken into lines: the file, a list, an article, a list in it.
const DEPTH: usize = 4;

/// The value as JSON: in one line, or broken into lines down to the entries.
pub(super) fn to_string(value: &impl Serialize, lines: bool) -> String {
    if !lines {
        // Our wire types have text keys and no failing parts, so this cannot fail.
        return serde_json::to_string(value).unwrap_or_default();
    }
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Lines::default());
    let written = value.serialize(&mut serializer).is_ok();
    bytes.push(b'\n');
    if written { String::from_utf8(bytes).unwrap_or_default() } else { String::new() }
}

#[derive(Default)]
struct Lines {
    depth: usize,
    has_value: bool,
}

impl Lines {
    fn begin<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.has_value = false;
        writer.write_all(bracket)
    }

    fn next<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if self.depth > DEPTH {
            return if first { Ok(()) } else { writer.write_all(b", ") };
        }
        if !first {
            writer.write_all(b",")?;
        }
        self.line(writer)
    }

    fn line<W: ?Sized + Write>(&self, writer: &mut W) -> io::Result<()> {
        // One space a level: deep entries are long enough as they are.
        write!(writer, "\n{:1$}", "", self.depth)
    }

    fn end<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        let broken = self.depth <= DEPTH && self.has_value;
        self.depth -= 1;
        self.has_value = true;
        if broken {
            self.line(writer)?;
        }
        writer.write_all(bracket)
    }
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.next(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _writer: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.next(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _writer: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn entries_stand_on_lines_of_their_own_and_deeper_parts_do_not() {
        let value = json!({"a": [], "b": [{"c": [{"d": {"e": [1, 2]}}]}], "f": {}});
        let expected = "{\n \"a\": [],\n \"b\": [\n  {\n   \"c\": [\n    {\"d\": {\"e\": [1, 2]}}\n   ]\n  }\n ],\n \"f\": {}\n}\n";
        assert_eq!(super::to_string(&value, true), expected);
    }
}

//! Where input comes from, and lines of it in batches.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

/// The longest line that is taken, in bytes: 20 MB of text, all of it escaped, and room for the rest.
pub(crate) const MAX_LINE_BYTES: usize = 160_000_000;

/// A batch is closed once it holds so many bytes or lines.
const BATCH_BYTES: usize = 4_000_000;
const BATCH_LINES: usize = 512;

/// The files that were named, or standard input when none was.
pub(crate) fn or_standard_input(files: &[OsString]) -> Vec<&OsStr> {
    if files.is_empty() { vec![OsStr::new("-")] } else { files.iter().map(OsString::as_os_str).collect() }
}

/// How messages call a file.
pub(crate) fn shown(file: &OsStr) -> String {
    if file == "-" { "standard input".into() } else { file.to_string_lossy().into_owned() }
}

/// Opens a file; `-` is standard input.
pub(crate) fn reader(file: &OsStr) -> io::Result<Box<dyn BufRead>> {
    if file == "-" {
        return Ok(Box::new(BufReader::with_capacity(1 << 16, io::stdin())));
    }
    Ok(Box::new(BufReader::with_capacity(1 << 16, File::open(file)?)))
}

/// One line of input.
pub(crate) struct Line {
    /// Its number, from 1.
    pub(crate) number: usize,
    /// Its bytes without the line end; none when it is longer than is taken.
    pub(crate) bytes: Option<Vec<u8>>,
}

/// Hands out lines a batch at a time, so that memory stays bounded whatever the length of the file.
pub(crate) struct Batches<R> {
    reader: R,
    number: usize,
    limit: usize,
}

impl<R: BufRead> Batches<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self { reader, number: 0, limit: MAX_LINE_BYTES }
    }

    /// The next lines; empty at the end.
    pub(crate) fn next_batch(&mut self) -> io::Result<Vec<Line>> {
        let mut lines = Vec::new();
        let mut bytes = 0;
        while bytes < BATCH_BYTES && lines.len() < BATCH_LINES {
            let Some(line) = self.next_line()? else { break };
            bytes += line.bytes.as_ref().map_or(0, Vec::len);
            lines.push(line);
        }
        Ok(lines)
    }

    fn next_line(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        self.reader.by_ref().take(self.limit as u64 + 1).read_until(b'\n', &mut bytes)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        let number = self.number;
        if bytes.last() != Some(&b'\n') && bytes.len() > self.limit {
            self.skip_line()?;
            return Ok(Some(Line { number, bytes: None }));
        }
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        Ok(Some(Line { number, bytes: Some(bytes) }))
    }

    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let available = self.reader.fill_buf()?;
            let end = available.iter().position(|&byte| byte == b'\n');
            let used = end.map_or(available.len(), |end| end + 1);
            self.reader.consume(used);
            if end.is_some() || used == 0 {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &[(usize, Option<&str>)]) {
        let mut batches = Batches { reader: input.as_bytes(), number: 0, limit: 8 };
        let mut lines = Vec::new();
        loop {
            let batch = batches.next_batch().expect("memory can be read");
            if batch.is_empty() {
                break;
            }
            lines.extend(batch.into_iter().map(|line| (line.number, line.bytes)));
        }
        let expected =
            expected.iter().map(|&(number, line)| (number, line.map(|line| line.as_bytes().to_vec())));
        assert_eq!(lines, expected.collect::<Vec<_>>());
    }

    #[test]
    fn lines_lose_their_ends_and_the_last_needs_none() {
        check("one\ntwo\r\n\nfour", &[(1, Some("one")), (2, Some("two")), (3, Some("")), (4, Some("four"))]);
        check("one\n", &[(1, Some("one"))]);
        check("", &[]);
    }

    #[test]
    fn a_line_that_is_too_long_costs_itself_and_not_the_next() {
        check(
            "12345678\n123456789\n123456789012345678901\nfour",
            &[(1, Some("12345678")), (2, None), (3, None), (4, Some("four"))],
        );
        check("1234567890", &[(1, None)]);
    }
}

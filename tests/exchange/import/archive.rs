//! Archives: what is listed, what can be read, and what archives made to do harm come to.

use proptest::prelude::*;
use readout::exchange::import::{Archive, Import, Limits, import, import_inside};

use super::zips::{overlapping, packed, patch, stored};

fn opened(bytes: Vec<u8>) -> Archive {
    Archive::open(bytes).unwrap_or_else(|error| panic!("the archive was refused: {error}"))
}

fn refusal(bytes: Vec<u8>) -> String {
    Archive::open(bytes).expect_err("it is refused").to_string()
}

/// What reading each file gives: its first words, or the error.
fn read_all(archive: &mut Archive) -> Vec<String> {
    (0..archive.len())
        .map(|index| match archive.read(index) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).chars().take(20).collect(),
            Err(error) => error.to_string(),
        })
        .collect()
}

#[test]
fn files_are_listed_in_order_without_folders_and_litter() {
    let zip = packed(&[
        ("2026/", b""),
        ("2026/b.txt", b"Words of b."),
        ("__MACOSX/2026/._b.txt", b"\0\0"),
        ("2026/.DS_Store", b"\0"),
        ("a.md", b"# Words of a"),
        ("Thumbs.db", b"\0"),
        ("empty.txt", b""),
    ]);
    let Ok(Import::Folder(mut archive)) = import("corpus.zip", zip) else { panic!("it is a folder") };
    let names: Vec<String> = archive.entries().iter().map(|entry| entry.shown()).collect();
    assert_eq!(names, ["2026/b.txt", "a.md", "empty.txt"]);
    assert_eq!(archive.entries()[0].size, 11);
    assert_eq!(read_all(&mut archive), ["Words of b.", "# Words of a", ""]);
    // Twice is no different.
    assert_eq!(read_all(&mut archive), ["Words of b.", "# Words of a", ""]);
    assert!(archive.read(3).is_err());
}

#[test]
fn a_name_that_climbs_out_is_shown_without_its_path() {
    let names =
        ["../../../etc/cron.d/job.txt", "/abs/a.txt", "C:\\temp\\b.txt", "c\u{202e}txt.exe", "x\ty.txt"];
    let files: Vec<(&str, &[u8])> = names.iter().map(|&name| (name, &b"Words."[..])).collect();
    let mut archive = opened(packed(&files));
    let shown: Vec<String> = archive.entries().iter().map(|entry| entry.shown()).collect();
    assert_eq!(shown, ["etc/cron.d/job.txt", "abs/a.txt", "temp/b.txt", "ctxt.exe", "xy.txt"]);
    assert_eq!(read_all(&mut archive), ["Words."; 5]);
}

#[test]
fn a_file_that_unpacks_to_more_than_is_taken_costs_itself_alone() {
    let limits = Limits { file_bytes: 1_000_000, ..Limits::default() };
    let zip = packed(&[("bomb.txt", &vec![b'a'; 30_000_000]), ("good.txt", b"Good words.")]);
    assert!(zip.len() < 100_000, "it is a bomb");
    let mut archive = Archive::open_within(zip, limits).expect("the list is read");
    let refused = "30 MB are too many: at most 1 MB are taken";
    assert_eq!(read_all(&mut archive), [refused, "Good words."]);
}

#[test]
fn a_header_that_lies_about_the_length_is_not_believed() {
    let mut zip = packed(&[("bomb.txt", &vec![b'a'; 30_000_000]), ("good.txt", b"Good words.")]);
    patch(&mut zip, 22, 24, 99u16.to_le_bytes());
    patch(&mut zip, 24, 26, [0, 0]);
    let mut archive = opened(zip);
    assert_eq!(archive.entries()[0].size, 99);
    let read = read_all(&mut archive);
    assert!(read[0].starts_with("it is damaged inside the archive"), "{}", read[0]);
    assert_eq!(read[1], "Good words.");
}

#[test]
fn all_files_together_are_bounded_and_the_figure_is_said() {
    let limits = Limits { total_bytes: 2_500_000, ..Limits::default() };
    let file = vec![b'a'; 1_000_000];
    let zip = packed(&[("1.txt", &file), ("2.txt", &file), ("3.txt", &file), ("4.txt", b"Words.")]);
    let mut archive = Archive::open_within(zip, limits).expect("the list is read");
    let read = read_all(&mut archive);
    assert_eq!(read[..2], ["a".repeat(20), "a".repeat(20)]);
    let refused =
        "the files of this archive unpack to more than 2.5 MB: unpack it and open fewer at a time".to_owned();
    assert_eq!(read[2..], [refused.clone(), refused]);
}

#[test]
fn too_many_files_are_refused_before_they_are_listed() {
    let names: Vec<String> = (0..50).map(|number| format!("{number}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"Words."[..])).collect();
    let zip = packed(&files);
    for (most, is_taken) in [(50, true), (49, false), (4, false)] {
        let limits = Limits { files: most, ..Limits::default() };
        match Archive::open_within(zip.clone(), limits) {
            Ok(_) => assert!(is_taken),
            Err(error) => {
                let message = format!("50 files in one archive are too many: at most {most} are taken");
                assert!(!is_taken && error.to_string() == message, "{error}");
            }
        }
    }
}

#[test]
fn files_that_share_their_bytes_are_refused() {
    let message = "its files overlap, as no honest archive's do: it was not opened";
    assert_eq!(refusal(overlapping(&[b'a'; 5000], 100)), message);
}

#[test]
fn a_locked_damaged_or_strangely_packed_file_costs_itself_alone() {
    let check = |alter: &dyn Fn(&mut Vec<u8>), message: &str| {
        let mut zip = stored(&[("bad.txt", b"The bad words."), ("good.txt", b"Good words.")]);
        alter(&mut zip);
        let read = read_all(&mut opened(zip));
        assert_eq!(read, [message, "Good words."]);
    };
    check(
        &|zip| patch(zip, 6, 8, [1, 0]),
        "it is locked with a password: unpack the archive and open the file itself",
    );
    check(
        &|zip| patch(zip, 8, 10, [12, 0]),
        "it is packed in a way that is not known here: unpack the archive first",
    );
    check(
        &|zip| {
            let at = zip.windows(4).position(|window| window == b"bad ").expect("the words");
            zip[at] = b'B';
        },
        "it is damaged inside the archive (Invalid checksum): get the file again",
    );
}

#[test]
fn an_archive_that_breaks_off_is_refused() {
    let zip = packed(&[("a.txt", &b"Some words. ".repeat(50)), ("b.txt", b"More.")]);
    for end in 4..zip.len() {
        let message = refusal(zip[..end].to_vec());
        assert!(message.starts_with("the archive is damaged or breaks off ("), "{message}");
    }
}

#[test]
fn an_archive_in_an_archive_is_not_opened() {
    let inner = packed(&[("a.txt", b"Words.")]);
    let mut archive = opened(stored(&[("inner.zip", &inner)]));
    let bytes = archive.read(0).expect("it can be read");
    let error = import_inside("inner.zip", bytes).expect_err("it is refused");
    assert_eq!(error.to_string(), "this is an archive inside an archive: unpack it and open what lies in it");
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(
        flips in prop::collection::vec((0usize..400, any::<u8>()), 1..6),
        is_stored in any::<bool>(),
    ) {
        let files: [(&str, &[u8]); 2] = [("a/b.txt", b"Some words to read."), ("c.txt", b"More words.")];
        let mut zip = if is_stored { stored(&files) } else { packed(&files) };
        let length = zip.len();
        for (at, byte) in flips {
            zip[at % length] = byte;
        }
        if let Ok(mut archive) = Archive::open(zip) {
            read_all(&mut archive);
        }
    }
}

//! The envelope round every stored value: format version, checksum, body.
//!
//! `1 00f3c9a81be2d470 {"op":"undo"}`: the checksum covers version, key and body, so a value that was cut short,
//! altered or moved under another key is found out. Later versions keep this envelope.

/// Version of what this build writes.
const VERSION: u32 = 1;

/// Why a value cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// It is not what was written.
    Damaged,
    /// It is whole, and a newer build wrote it.
    Newer,
}

/// Wraps `body` for `key`.
pub(super) fn seal(key: &str, body: &str) -> String {
    let checksum = checksum(VERSION, key, body);
    format!("{VERSION} {checksum:016x} {body}")
}

/// The body of what was sealed for `key`.
pub(super) fn unseal<'a>(key: &str, sealed: &'a str) -> Result<&'a str, Broken> {
    let mut parts = sealed.splitn(3, ' ');
    let (Some(version), Some(written), Some(body)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(Broken::Damaged);
    };
    let Ok(number) = version.parse::<u32>() else { return Err(Broken::Damaged) };
    if number.to_string() != version || format!("{:016x}", checksum(number, key, body)) != written {
        return Err(Broken::Damaged);
    }
    if number > VERSION { Err(Broken::Newer) } else { Ok(body) }
}

/// FNV-1a over version, key and body, 64 bits. Each step is reversible, so no single altered byte goes
/// unnoticed; it guards against accidents, not against forgers.
fn checksum(version: u32, key: &str, body: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in [&version.to_le_bytes()[..], key.as_bytes(), b"\n", body.as_bytes()] {
        for &byte in part {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_opens_only_under_its_own_key() {
        let sealed = seal("a", "{\"note\":\"two words\"}");
        assert_eq!(unseal("a", &sealed), Ok("{\"note\":\"two words\"}"));
        assert_eq!(unseal("b", &sealed), Err(Broken::Damaged));
    }

    #[test]
    fn every_altered_byte_and_every_cut_is_found_out() {
        let sealed = seal("key", "body with words");
        for cut in 0..sealed.len() {
            assert_eq!(unseal("key", sealed.get(..cut).unwrap()), Err(Broken::Damaged), "cut at {cut}");
            for byte in 0..128u8 {
                let mut bytes = sealed.clone().into_bytes();
                if bytes[cut] == byte {
                    continue;
                }
                bytes[cut] = byte;
                let altered = String::from_utf8(bytes).unwrap();
                assert_eq!(unseal("key", &altered), Err(Broken::Damaged), "byte {cut} as {byte}");
            }
        }
    }

    #[test]
    fn a_newer_version_is_told_from_damage() {
        let checksum = checksum(2, "key", "body");
        assert_eq!(unseal("key", &format!("2 {checksum:016x} body")), Err(Broken::Newer));
    }
}

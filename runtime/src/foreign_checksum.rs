//! The checksums of other tools, over the text of a migration.

use siphasher::sip::SipHasher13;
use std::hash::{Hash, Hasher};

/// sqlx's.
pub(crate) fn sha384(text: &str) -> [u8; 48] {
    hmac_sha512::sha384::Hash::hash(text)
}

/// Prisma's, in hexadecimal.
pub(crate) fn sha256(text: &str) -> String {
    let hash = hmac_sha256::Hash::hash(text.as_bytes());
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// refinery's, in decimal: of a 32-bit version, and of a 64-bit one as with its feature `int8-versions`.
pub(crate) fn refinery(name: &str, version: i64, text: &str) -> Vec<String> {
    let sum = |version: &[u8]| {
        let mut hasher = SipHasher13::new();
        name.hash(&mut hasher);
        hasher.write(version);
        text.hash(&mut hasher);
        hasher.finish().to_string()
    };
    let mut sums = vec![sum(&version.to_le_bytes())];
    if let Ok(version) = i32::try_from(version) {
        sums.push(sum(&version.to_le_bytes()));
    }
    sums
}

/// Flyway's: CRC-32 of the lines, whatever their ends are, without a byte order mark.
pub(crate) fn flyway(text: &str) -> i32 {
    const POLYNOMIAL: u32 = 0xedb8_8320;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let bytes = text.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r'));
    let sum = bytes.fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(byte), |sum, _| match sum & 1 {
            0 => sum >> 1,
            _ => (sum >> 1) ^ POLYNOMIAL,
        })
    });
    (!sum).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::{flyway, refinery, sha256, sha384};

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What sqlx itself has written for this file.
    #[test]
    fn of_sqlx() {
        assert_eq!(
            hex(&sha384("CREATE TABLE t(id INTEGER PRIMARY KEY);\n")),
            "97c1c14bb0bfee3153875f9a8017bfb58d0bc2755ccfb08d8760aac9cd915e31\
             c9e37ca8b72b17c996055b91ef1f314a"
        );
    }

    /// What refinery itself has written for this file.
    #[test]
    fn of_refinery() {
        let text = "CREATE TABLE persons (id int, name varchar(255), city varchar(255));";
        let sums = refinery("initial", 1, text);
        assert!(sums.contains(&"9011118159008407467".to_owned()), "{sums:?}");
    }

    /// The standard's example.
    #[test]
    fn of_prisma() {
        assert_eq!(
            sha256("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    /// The check value of CRC-32, and what ends lines.
    #[test]
    fn of_flyway() {
        assert_eq!(flyway("123456789"), 0xcbf4_3926_u32.cast_signed());
        assert_eq!(flyway("\u{feff}1234\r\n56\n789\n"), flyway("123456789"));
    }
}

//! Hashes that tell whether a migration was changed.
//!
//! They are kept in databases, so they must never come out otherwise for the same text: they depend on nothing but where
//! tokens begin and end. White space, comments, line ends, a byte order mark and empty statements do not count. All
//! else does, the letter case of every word too: it is in what the engine keeps and reports, and which words are
//! keywords differs from one version of the engine to the next.

use hmac_sha256::Hash;

/// SHA-256.
pub type Checksum = [u8; 32];

/// The chain before the first migration.
pub(crate) const START: Checksum = [0; 32];

/// Ends each token of a statement. No text has this byte, as it is none of UTF-8.
const END: u8 = 0xFF;

/// The hash of a statement: of its tokens, each with the byte FF behind it.
pub(crate) fn statement<'a>(tokens: impl IntoIterator<Item = &'a str>) -> Checksum {
    let mut message = Vec::new();
    for token in tokens {
        message.extend_from_slice(token.as_bytes());
        message.push(END);
    }
    Hash::hash(&message)
}

/// Stands after the hashes of the statements where a step follows them. The function's path does not count: an application
/// may give it another name.
pub(crate) const STEP: Checksum = [0xFF; 32];

/// The hash of a file: of the hashes of its statements, and of its step.
pub(crate) fn file(statements: &[Checksum]) -> Checksum {
    Hash::hash(&statements.concat())
}

/// The hash of a history: of that of the history before its last migration, that migration's version (8 bytes, the
/// least first) and its hash.
pub(crate) fn chain(before: &Checksum, version: i64, checksum: &Checksum) -> Checksum {
    Hash::hash(&[before, version.to_le_bytes().as_slice(), checksum].concat())
}

/// The 64 hexadecimal digits of a checksum.
pub(crate) fn hex(checksum: &Checksum) -> String {
    checksum.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads what [`hex`] writes; none for anything else.
pub(crate) fn from_hex(digits: &str) -> Option<Checksum> {
    let mut checksum = Checksum::default();
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    if pairs.len() != checksum.len() || !rest.is_empty() {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    for (byte, [high, low]) in checksum.iter_mut().zip(pairs) {
        *byte = u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?;
    }
    Some(checksum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::Statement;
    use crate::sqlite::split::split;
    use crate::text::FileId;

    fn of(text: &str) -> Checksum {
        let statements: Vec<Checksum> = split(FileId(0), text)
            .statements
            .iter()
            .map(Statement::checksum)
            .collect();
        file(&statements)
    }

    #[test]
    fn white_space_comments_and_line_ends_do_not_count() {
        let plain = of("CREATE TABLE t (a TEXT DEFAULT 'x'); SELECT 1");
        assert_eq!(
            plain,
            of(
                "\u{feff}-- first\r\nCREATE TABLE t(\r\n\ta TEXT /* b */ DEFAULT 'x'\r\n) ;;\r\nSELECT 1;\r\n"
            )
        );
    }

    #[test]
    fn everything_else_counts() {
        let plain = of("CREATE TABLE t (a TEXT DEFAULT 'x y')");
        for text in [
            "CREATE TABLE t (a TEXT DEFAULT 'X y')",
            "CREATE TABLE t (a TEXT DEFAULT 'x  y')",
            "CREATE TABLE t (a TEXT DEFAULT \"x y\")",
            "CREATE TABLE t (A TEXT DEFAULT 'x y')",
            "create TABLE t (a TEXT DEFAULT 'x y')",
            "CREATE TABLE \"t\" (a TEXT DEFAULT 'x y')",
            "CREATE TABLE t (a TEXT DEFAULT 'x y'); SELECT 1",
            "",
        ] {
            assert_ne!(plain, of(text), "{text}");
        }
        assert_ne!(of("SELECT 1; SELECT 2"), of("SELECT 2; SELECT 1"));
        assert_ne!(of("SELECT a, b"), of("SELECT a; b"));
        assert_ne!(of("SELECT a b"), of("SELECT ab"));
    }

    #[test]
    fn a_step_counts() {
        let statements = [statement([])];
        let with_step = [statement([]), STEP];
        assert_ne!(file(&statements), file(&with_step));
        assert_ne!(file(&[]), file(&[STEP]));
    }

    #[test]
    fn a_chain_tells_histories_apart() {
        let (one, two) = (of("SELECT 1"), of("SELECT 2"));
        let first = chain(&START, 1, &one);
        assert_ne!(chain(&first, 2, &two), chain(&first, 3, &two));
        assert_ne!(chain(&first, 2, &two), chain(&START, 2, &two));
    }

    #[test]
    fn what_is_written_can_be_read() {
        let checksum = of("SELECT 1");
        assert_eq!(from_hex(&hex(&checksum)), Some(checksum));
        let short = "49e510a6ca0b7d4d";
        for no_hash in ["", short, &format!("{}g", &hex(&checksum)[1..])] {
            assert_eq!(from_hex(no_hash), None, "{no_hash}");
        }
    }

    #[test]
    fn hashes_are_what_databases_hold() {
        let checksum = of("CREATE TABLE t (a);");
        assert_eq!(
            hex(&checksum),
            "ece6bdee84880eda3a5474e0fdaf5e0235d55f2737768dfb2a9d9245a0f67d3a"
        );
        assert_eq!(
            hex(&chain(&START, 1, &checksum)),
            "df60f7e1efa3432aa4632e75bae7d074fde1fb5f129481155c30ededa8735763"
        );
    }
}

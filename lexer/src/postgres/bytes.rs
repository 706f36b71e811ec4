//! The kinds of bytes.

macro_rules! bytes {
    ($($(#[$doc:meta])* $name:ident: $pattern:pat,)*) => {
        $($(#[$doc])* pub(super) static $name: [bool; 256] = {
            let mut table = [false; 256];
            let mut byte = 0;
            while byte < 256 {
                table[byte] = matches!(byte as u8, $pattern);
                byte += 1;
            }
            table
        };)*
    };
}

bytes! {
    SPACE: b' ' | b'\t' | b'\n' | b'\x0c' | b'\r',
    /// What a `--` comment consists of.
    NOT_NEWLINE: 0..=9 | 0x0b..=0x0c | 0x0e..,
    IDENTIFIER_START: b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80..,
    IDENTIFIER: b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'$' | 0x80..,
    /// What stands between the two `$` that begin a literal; its first byte is no digit.
    DOLLAR_TAG: b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | 0x80..,
    OPERATOR: b'~' | b'!' | b'@' | b'#' | b'^' | b'&' | b'|' | b'`' | b'?' | b'+' | b'-' | b'*' | b'/' | b'%' | b'<' | b'>' | b'=',
    /// With one of these, an operator of several characters may end with `+` or `-`.
    BEYOND_STANDARD: b'~' | b'!' | b'@' | b'#' | b'^' | b'&' | b'|' | b'`' | b'?' | b'%',
    DIGIT: b'0'..=b'9',
    HEXADECIMAL: b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F',
    OCTAL: b'0'..=b'7',
    BINARY: b'0' | b'1',
}

//! A hash of a statement, as long as a line of the lock has room for.

use crate::checksum::{self, Checksum};
use std::fmt;

/// The first 8 bytes of a statement's checksum: enough to notice a change, as nobody gains by forging one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShortHash([u8; 8]);

impl ShortHash {
    /// How many hexadecimal digits it has.
    pub(super) const DIGITS: usize = 16;

    pub(super) fn of(checksum: &Checksum) -> ShortHash {
        let mut bytes = [0; 8];
        for (short, long) in bytes.iter_mut().zip(checksum) {
            *short = *long;
        }
        ShortHash(bytes)
    }

    /// Whether it is that of a step, which is written as a word.
    pub(super) fn is_step(self) -> bool {
        self == ShortHash::of(&checksum::STEP)
    }

    /// Reads what [`Display`](fmt::Display) writes; none for anything else.
    pub(super) fn read(digits: &str) -> Option<ShortHash> {
        if digits == STEP {
            return Some(ShortHash::of(&checksum::STEP));
        }
        let is_hash = digits.len() == ShortHash::DIGITS
            && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        // `from_str_radix` takes a sign too.
        let number = u64::from_str_radix(digits, 16).ok().filter(|_| is_hash)?;
        Some(ShortHash(number.to_be_bytes()))
    }
}

/// What stands for a step.
const STEP: &str = "step";

impl fmt::Display for ShortHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_step() {
            return f.write_str(STEP);
        }
        write!(f, "{:016x}", u64::from_be_bytes(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::ShortHash;
    use crate::checksum;

    #[test]
    fn what_is_written_can_be_read() {
        let mut checksum = [0xab; 32];
        checksum[0] = 0x01;
        let hash = ShortHash::of(&checksum);
        assert_eq!(hash.to_string(), "01ababababababab");
        assert_eq!(ShortHash::read("01ababababababab"), Some(hash));
        assert_eq!(ShortHash::read("01ABABABABABABAB"), Some(hash));
        let step = ShortHash::of(&checksum::STEP);
        assert_eq!(step.to_string(), "step");
        assert_eq!(ShortHash::read("step"), Some(step));
        for no_hash in [
            "",
            "01ab",
            "+1ababababababab",
            "01ababababababag",
            "01abababababababa",
        ] {
            assert_eq!(ShortHash::read(no_hash), None, "{no_hash}");
        }
    }
}

//! SHA-256 (FIPS 180-4), of a text that is all there.
//!
//! Our own because macros are compiled unoptimised: the crates that need neither C nor a dozen others are made of small
//! functions, each of which then costs a call, and hashing took a sixth of a check.

use super::Checksum;

/// The fractional parts of the square roots of the first 8 primes.
static START: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// The fractional parts of the cube roots of the first 64 primes. No constant: each use of one that is an array copies it.
#[rustfmt::skip]
static ROUNDS: [[u32; 16]; 4] = [
    [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    ],
    [
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    ],
    [
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    ],
    [
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ],
];

/// The hash of a message, which is padded in place.
pub(super) fn hash(mut message: Vec<u8>) -> Checksum {
    let bits = (message.len() as u64) * 8;
    message.push(0x80);
    let rest = (message.len() + 8) % 64;
    if rest > 0 {
        message.resize(message.len() + 64 - rest, 0);
    }
    message.extend_from_slice(&bits.to_be_bytes());
    let mut state = START;
    for block in message.as_chunks::<64>().0 {
        mix(&mut state, block);
    }
    let mut checksum = Checksum::default();
    for (bytes, word) in checksum.as_chunks_mut::<4>().0.iter_mut().zip(state) {
        *bytes = word.to_be_bytes();
    }
    checksum
}

/// Two copies of a word side by side: shifting them rotates the word.
macro_rules! twice {
    ($word:expr) => {
        ($word as u64) << 32 | $word as u64
    };
}

/// The word of the schedule that is 16 after the one in its place.
macro_rules! schedule {
    ($words:ident, $($index:literal)*) => {
        $({
            let near = $words[($index + 14) % 16];
            let nears = twice!(near);
            let far = $words[($index + 1) % 16];
            let fars = twice!(far);
            $words[$index] = $words[$index]
                .wrapping_add((fars >> 7 ^ fars >> 18) as u32 ^ far >> 3)
                .wrapping_add($words[($index + 9) % 16])
                .wrapping_add((nears >> 17 ^ nears >> 19) as u32 ^ near >> 10);
        })*
    };
}

/// A round, after which each variable stands for the one before it.
macro_rules! round {
    ($add:expr, $a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident) => {
        let es = twice!($e);
        let first = $h
            .wrapping_add((es >> 6 ^ es >> 11 ^ es >> 25) as u32)
            .wrapping_add($g ^ $e & ($f ^ $g))
            .wrapping_add($add);
        let twice = twice!($a);
        $d = $d.wrapping_add(first);
        $h = first
            .wrapping_add((twice >> 2 ^ twice >> 13 ^ twice >> 22) as u32)
            .wrapping_add($a & $b ^ $c & ($a ^ $b));
    };
}

/// Takes a block into the state.
///
/// Written without helpers and variable indices: in an unoptimised build each call and each check of an index counts, and
/// there are over a thousand operations to a block.
fn mix(state: &mut [u32; 8], block: &[u8; 64]) {
    let mut w = [0_u32; 16];
    for (index, bytes) in block.as_chunks::<4>().0.iter().enumerate() {
        w[index] = u32::from_be_bytes(*bytes);
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for (turn, k) in ROUNDS.iter().enumerate() {
        if turn > 0 {
            schedule!(w, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
        }
        round!(w[0].wrapping_add(k[0]), a b c d e f g h);
        round!(w[1].wrapping_add(k[1]), h a b c d e f g);
        round!(w[2].wrapping_add(k[2]), g h a b c d e f);
        round!(w[3].wrapping_add(k[3]), f g h a b c d e);
        round!(w[4].wrapping_add(k[4]), e f g h a b c d);
        round!(w[5].wrapping_add(k[5]), d e f g h a b c);
        round!(w[6].wrapping_add(k[6]), c d e f g h a b);
        round!(w[7].wrapping_add(k[7]), b c d e f g h a);
        round!(w[8].wrapping_add(k[8]), a b c d e f g h);
        round!(w[9].wrapping_add(k[9]), h a b c d e f g);
        round!(w[10].wrapping_add(k[10]), g h a b c d e f);
        round!(w[11].wrapping_add(k[11]), f g h a b c d e);
        round!(w[12].wrapping_add(k[12]), e f g h a b c d);
        round!(w[13].wrapping_add(k[13]), d e f g h a b c);
        round!(w[14].wrapping_add(k[14]), c d e f g h a b);
        round!(w[15].wrapping_add(k[15]), b c d e f g h a);
    }
    let mixed = [a, b, c, d, e, f, g, h];
    let mut index = 0;
    while index < 8 {
        state[index] = state[index].wrapping_add(mixed[index]);
        index += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::hash;
    use crate::checksum::tests::hex;

    /// The standard's examples, and lengths about which the padding grows by a block.
    #[test]
    fn hashes_are_those_of_the_standard() {
        let two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
        for (message, expected) in [
            (
                String::new(),
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
            (
                "abc".to_owned(),
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
            (
                two_blocks.to_owned(),
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            ),
            (
                "a".repeat(1_000_000),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
            ),
        ] {
            assert_eq!(hex(hash(message.into_bytes())), expected);
        }
    }
}

//! A small seeded generator: the same seed gives the same tests on every machine.

/// SplitMix64, after the numbers that it was given.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
    /// What a fuzzer chose, the next one last.
    given: Vec<u16>,
}

impl Random {
    /// Starts from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Random {
        Random {
            state: seed,
            given: Vec::new(),
        }
    }

    /// Takes its numbers from bytes, two each, so that a fuzzer can choose them.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Random {
        let pairs = bytes.chunks_exact(2).rev();
        let given = pairs.map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        Random {
            state: 0,
            given: given.collect(),
        }
    }

    /// Whether the numbers that it was given are used up.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        self.given.is_empty()
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        if let Some(given) = self.given.pop() {
            return u64::from(given);
        }
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; 0 if that is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.number() % bound).unwrap_or(0)
    }

    /// Whether something that happens once in `times` happens.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of several; none of none.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }
}

//! Any bytes as `tablature.lock`, beside migrations that it can say something of.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = tablature_tests::fuzzing::lock(bytes);
});

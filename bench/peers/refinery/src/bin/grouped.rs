//! One transaction for all.

fn main() -> Result<(), contender::Failure> {
    contender::main::<peer_refinery::Peer<true>>()
}

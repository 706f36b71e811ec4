//! A transaction for each migration, and one for its row of history.

fn main() -> Result<(), contender::Failure> {
    contender::main::<peer_refinery::Peer<false>>()
}

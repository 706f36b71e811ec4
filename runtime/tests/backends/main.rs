//! What a run promises, the same on every engine and over every client.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do"
)]

mod backend;
mod support;

/// Runs tests that are written for any backend on each of them.
macro_rules! on_every_backend {
    ($($test:ident)*) => {
        mod on_sqlite {
            $(#[test] fn $test() { super::$test::<crate::backend::Sqlite>() })*
        }
        mod on_postgres {
            $(#[test] fn $test() {
                if tablature_test_server::shared().is_some() {
                    super::$test::<crate::backend::Synchronous>()
                }
            })*
        }
        mod on_tokio_postgres {
            $(#[test] fn $test() {
                if tablature_test_server::shared().is_some() {
                    super::$test::<crate::backend::Asynchronous>()
                }
            })*
        }
    };
}

/// Runs tests that only a server can pass over each of its clients.
macro_rules! on_both_clients {
    ($($test:ident)*) => {
        mod on_postgres {
            $(#[test] fn $test() {
                if tablature_test_server::shared().is_some() {
                    super::$test::<crate::backend::Synchronous>()
                }
            })*
        }
        mod on_tokio_postgres {
            $(#[test] fn $test() {
                if tablature_test_server::shared().is_some() {
                    super::$test::<crate::backend::Asynchronous>()
                }
            })*
        }
    };
}

mod adopt;
mod apply;
mod faults;
mod fingerprint;
mod history;
mod outage;
mod proxy;
mod race;
mod repair;
mod revert;
mod rights;
mod server;
mod session;
mod start;
mod take_over;
mod transactions;

//! What a run promises, on the real engine.

mod apply;
mod support;

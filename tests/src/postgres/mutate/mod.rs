//! Mutants of a PostgreSQL history: one mistake in it, such as people make, or such as no grammar allows.

mod additions;
mod clauses;
mod meaning;
mod names;
mod words;

pub use names::Names;

use super::tokens::tokens;
use crate::differential::Migration;
use crate::mutate::{files, order, spelling, tokens as marks};
use crate::random::Random;

/// Makes one change to some migrations that follow each other, in the first of them as a rule.
///
/// `names` are those of the catalog that the first one starts from. Returns what was done; nothing if the change that
/// was drawn has nothing to change there.
pub fn mutate(
    random: &mut Random,
    migrations: &mut [Migration],
    names: &Names,
) -> Option<&'static str> {
    let statements = migrations.first()?.statements.len();
    let at = random.below(statements);
    match random.below(52) {
        0 => order::drop(migrations, at),
        1 => order::double(random, migrations, at),
        2 | 3 => order::move_earlier(random, migrations, at),
        4 => order::swap(random, migrations, at),
        5 | 6 => on_tokens(migrations, at, |tokens| marks::misspell(random, tokens)),
        7..=9 => on_tokens(migrations, at, |tokens| {
            marks::take_another_name(random, tokens, &names.shared)
        }),
        10 => on_tokens(migrations, at, |tokens| {
            marks::remove_an_element(random, tokens)
        }),
        11..=13 => on_tokens(migrations, at, |tokens| {
            words::add_a_constraint(random, tokens, names)
        }),
        14 | 15 => on_tokens(migrations, at, |tokens| {
            words::change_a_word(random, tokens)
        }),
        16 | 17 => on_tokens(migrations, at, |tokens| {
            words::change_a_type(random, tokens, names)
        }),
        18 => on_tokens(migrations, at, |tokens| {
            marks::remove_a_token(random, tokens)
        }),
        19 => on_tokens(migrations, at, |tokens| {
            marks::exchange_tokens(random, tokens)
        }),
        20 => files::remove(migrations),
        21 => files::exchange(random, migrations),
        22 => files::move_later(random, migrations, at),
        23 => on_tokens(migrations, at, |tokens| words::quote(random, tokens)),
        24 => on_tokens(migrations, at, |tokens| {
            spelling::change_case(random, tokens)
        }),
        25 => on_tokens(migrations, at, |tokens| {
            spelling::misspell_a_word(random, tokens)
        }),
        26 => on_tokens(migrations, at, |tokens| spelling::punctuate(random, tokens)),
        27 => on_tokens(migrations, at, |tokens| clauses::toggle(random, tokens)),
        28 => on_tokens(migrations, at, |tokens| {
            clauses::qualify(random, tokens, names)
        }),
        29 | 30 => on_tokens(migrations, at, |tokens| {
            clauses::append(random, tokens, names)
        }),
        31 | 32 => on_tokens(migrations, at, |tokens| {
            clauses::change_a_value(random, tokens)
        }),
        33 => additions::setting(random, migrations, at),
        34 | 35 => additions::usage(random, migrations, at, names),
        40 | 41 => on_tokens(migrations, at, |tokens| {
            meaning::change_a_cast(random, tokens, names)
        }),
        42..=44 => on_tokens(migrations, at, |tokens| {
            meaning::change_a_list(random, tokens)
        }),
        45 | 46 => on_tokens(migrations, at, |tokens| meaning::drop_words(random, tokens)),
        47 => on_tokens(migrations, at, |tokens| {
            meaning::change_storage(random, tokens)
        }),
        48 => on_tokens(migrations, at, |tokens| {
            meaning::change_a_signature(random, tokens, names)
        }),
        49 | 50 => on_tokens(migrations, at, |tokens| {
            meaning::change_a_literal(random, tokens)
        }),
        _ => additions::change(random, migrations, at, names),
    }
}

fn on_tokens(
    migrations: &mut [Migration],
    at: usize,
    change: impl FnOnce(&mut Vec<String>) -> Option<&'static str>,
) -> Option<&'static str> {
    let statement = migrations.first_mut()?.statements.get_mut(at)?;
    let mut tokens = tokens(statement);
    let what = change(&mut tokens)?;
    *statement = written(&tokens);
    Some(what)
}

/// A text of tokens. A point keeps to its names: what changes is one mistake.
fn written(tokens: &[String]) -> String {
    tokens.join(" ")
}

//! Mutants of a history: one mistake in it, such as people make, or such as no grammar allows.

mod alter;
mod clauses;
pub(crate) mod files;
mod names;
pub(crate) mod order;
mod settings;
pub(crate) mod spelling;
pub(crate) mod tokens;
mod use_it;

pub use names::Names;
pub use tokens::split as tokens;

use crate::differential::Migration;
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
    match random.below(32) {
        0 => order::drop(migrations, at),
        1 => order::double(random, migrations, at),
        2 | 3 => order::move_earlier(random, migrations, at),
        4 => order::swap(random, migrations, at),
        5 | 6 => on_tokens(migrations, at, |tokens| tokens::misspell(random, tokens)),
        7 | 8 => on_tokens(migrations, at, |tokens| {
            tokens::take_another_name(random, tokens, names)
        }),
        9 => on_tokens(migrations, at, |tokens| {
            tokens::remove_an_element(random, tokens)
        }),
        10 | 11 => on_tokens(migrations, at, |tokens| {
            tokens::add_a_constraint(random, tokens, names)
        }),
        12 => on_tokens(migrations, at, |tokens| {
            tokens::change_a_word(random, tokens)
        }),
        13 => on_tokens(migrations, at, |tokens| {
            tokens::remove_a_token(random, tokens)
        }),
        14 => on_tokens(migrations, at, |tokens| {
            tokens::exchange_tokens(random, tokens)
        }),
        15 => files::remove(migrations),
        16 => files::exchange(random, migrations),
        17 => files::move_later(random, migrations, at),
        18 => on_tokens(migrations, at, |tokens| spelling::quote(random, tokens)),
        19 => on_tokens(migrations, at, |tokens| {
            spelling::change_case(random, tokens)
        }),
        20 => on_tokens(migrations, at, |tokens| {
            spelling::misspell_a_word(random, tokens)
        }),
        21 => on_tokens(migrations, at, |tokens| spelling::punctuate(random, tokens)),
        22 => on_tokens(migrations, at, |tokens| clauses::toggle(random, tokens)),
        23 => on_tokens(migrations, at, |tokens| {
            clauses::qualify(random, tokens, names)
        }),
        24 | 25 => on_tokens(migrations, at, |tokens| {
            clauses::append(random, tokens, names)
        }),
        26 => on_tokens(migrations, at, |tokens| {
            clauses::change_a_value(random, tokens)
        }),
        27 => settings::insert(random, migrations, at),
        28 => use_it::insert(random, migrations, at, names),
        _ => alter::insert(random, migrations, at, names),
    }
}

fn on_tokens(
    migrations: &mut [Migration],
    at: usize,
    change: impl FnOnce(&mut Vec<String>) -> Option<&'static str>,
) -> Option<&'static str> {
    let statement = migrations.first_mut()?.statements.get_mut(at)?;
    let mut tokens = tokens::split(statement);
    let what = change(&mut tokens)?;
    *statement = tokens.join(" ");
    Some(what)
}

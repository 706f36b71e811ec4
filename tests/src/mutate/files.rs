//! Whole migrations and statements in another place of the history.

use crate::differential::Migration;
use crate::random::Random;

/// Empties the first migration, as if its file had been forgotten.
pub(crate) fn remove(migrations: &mut [Migration]) -> Option<&'static str> {
    let statements = &mut migrations.first_mut()?.statements;
    if statements.is_empty() {
        return None;
    }
    statements.clear();
    Some("a file removed")
}

/// Gives the first migration and a later one each other's statements.
pub(crate) fn exchange(random: &mut Random, migrations: &mut [Migration]) -> Option<&'static str> {
    let later = 1 + random.below(migrations.len().checked_sub(1)?);
    let (first, rest) = migrations.split_first_mut()?;
    let later = rest.get_mut(later - 1)?;
    std::mem::swap(&mut first.statements, &mut later.statements);
    std::mem::swap(&mut first.transaction, &mut later.transaction);
    Some("two files exchanged")
}

/// Moves a statement to a later place, there or in a later migration.
pub(crate) fn move_later(
    random: &mut Random,
    migrations: &mut [Migration],
    at: usize,
) -> Option<&'static str> {
    let to = random.below(migrations.len().min(3));
    let statements = &mut migrations.first_mut()?.statements;
    if at >= statements.len() {
        return None;
    }
    let statement = statements.remove(at);
    let statements = &mut migrations.get_mut(to)?.statements;
    let first = if to == 0 { at } else { 0 };
    let place = first + random.below(statements.len() + 1 - first.min(statements.len()));
    statements.insert(place.min(statements.len()), statement);
    Some("a statement moved later")
}

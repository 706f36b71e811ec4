//! Statements in another order, missing, or twice.

use crate::differential::Migration;
use crate::random::Random;

/// How many migrations ahead a statement is taken from.
const AHEAD: usize = 3;

pub(crate) fn drop(migrations: &mut [Migration], at: usize) -> Option<&'static str> {
    let statements = &mut migrations.first_mut()?.statements;
    if at >= statements.len() {
        return None;
    }
    statements.remove(at);
    Some("a statement dropped")
}

pub(crate) fn double(
    random: &mut Random,
    migrations: &mut [Migration],
    at: usize,
) -> Option<&'static str> {
    let statement = migrations.first()?.statements.get(at)?.clone();
    if random.once_in(2) {
        migrations.first_mut()?.statements.insert(at, statement);
    } else {
        let to = random.below(migrations.len().min(AHEAD));
        let statements = &mut migrations.get_mut(to)?.statements;
        let place = random.below(statements.len() + 1);
        statements.insert(place, statement);
    }
    Some("a statement doubled")
}

pub(crate) fn move_earlier(
    random: &mut Random,
    migrations: &mut [Migration],
    at: usize,
) -> Option<&'static str> {
    let from = random.below(migrations.len().min(AHEAD));
    let later = &mut migrations.get_mut(from)?.statements;
    let first = if from == 0 { at + 1 } else { 0 };
    let place = first + random.below(later.len().saturating_sub(first));
    if place >= later.len() {
        return None;
    }
    let statement = later.remove(place);
    migrations.first_mut()?.statements.insert(at, statement);
    Some("a statement moved earlier")
}

pub(crate) fn swap(
    random: &mut Random,
    migrations: &mut [Migration],
    at: usize,
) -> Option<&'static str> {
    let statements = &mut migrations.first_mut()?.statements;
    let other = if random.once_in(2) {
        at + 1
    } else {
        random.below(statements.len())
    };
    if other >= statements.len() || other == at {
        return None;
    }
    statements.swap(at, other);
    Some("two statements swapped")
}

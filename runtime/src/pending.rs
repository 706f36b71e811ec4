//! What is left to apply: the compiled list against the recorded history, without a database.

use crate::error::Error;
use crate::migration::Migration;
use crate::status::NewerMigration;
use std::cmp::Ordering;

/// A row of the history: a migration that was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recorded {
    pub(crate) version: i64,
    pub(crate) name: String,
    pub(crate) checksum: [u8; 32],
    /// What an older program would notice of it; none if it only adds to the schema.
    pub(crate) breaks: Option<String>,
}

/// Gives the migrations of the program that the rows of a history are of; none for those of a newer program, which come
/// after all others.
///
/// Any other history that does not fit is the error that [`pending`] gives.
pub(crate) fn known<'a>(
    list: &'a [Migration],
    history: &[Recorded],
) -> Result<Vec<Option<&'a Migration>>, Error> {
    let head = list.last().map(|migration| migration.version);
    let is_newer = |row: &&Recorded| head.is_none_or(|head| row.version > head);
    let newer = history.iter().rev().take_while(is_newer).count();
    let (older, newer) = history.split_at(history.len() - newer);
    pending(list, older)?;
    let known = list.iter().take(older.len()).map(Some);
    Ok(known.chain(newer.iter().map(|_| None)).collect())
}

/// Gives the migrations of `list` that are pending: those above the head of `history`.
///
/// Both are in the order of their versions. Anything but a history that is the beginning of the list is an error, and
/// the one with the lowest version is reported.
pub(crate) fn pending<'a>(
    list: &'a [Migration],
    history: &[Recorded],
) -> Result<&'a [Migration], Error> {
    let (mut compiled, mut recorded) = (0, 0);
    while let Some(row) = history.get(recorded) {
        let Some(migration) = list.get(compiled) else {
            return Err(unknown(list, history, row));
        };
        match migration.version.cmp(&row.version) {
            Ordering::Equal if migration.checksum == row.checksum => {
                compiled += 1;
                recorded += 1;
            }
            Ordering::Equal => return Err(changed(migration, row)),
            Ordering::Less => return Err(out_of_order(migration, history)),
            Ordering::Greater => return Err(unknown(list, history, row)),
        }
    }
    Ok(list.get(compiled..).unwrap_or_default())
}

fn changed(migration: &Migration, row: &Recorded) -> Error {
    Error::Changed {
        version: migration.version,
        name: migration.name.to_string(),
        recorded_name: row.name.clone(),
        file: migration.file.to_string(),
        recorded: Box::new(row.checksum),
        compiled: Box::new(migration.checksum),
    }
}

fn out_of_order(migration: &Migration, history: &[Recorded]) -> Error {
    Error::OutOfOrder {
        version: migration.version,
        name: migration.name.to_string(),
        file: migration.file.to_string(),
        head: history.last().map_or(migration.version, |row| row.version),
    }
}

/// A recorded migration that the list lacks: from a newer program if it is above everything in the list.
fn unknown(list: &[Migration], history: &[Recorded], row: &Recorded) -> Error {
    let head = list.last().map(|migration| migration.version);
    if head.is_none_or(|head| row.version > head) {
        let newest = history.last().unwrap_or(row);
        let newer = history.iter().filter(|other| other.version >= row.version);
        Error::Newer {
            version: newest.version,
            name: newest.name.clone(),
            head,
            newer: newer.map(NewerMigration::from).collect(),
        }
    } else {
        let mut others = list.iter();
        let same = others.find(|migration| {
            // A step counts as one, whatever it does.
            let is_told_by_statements = !migration.statements.is_empty();
            migration.checksum == row.checksum
                && (is_told_by_statements || migration.name == row.name)
                && history.iter().all(|row| row.version != migration.version)
        });
        Error::Missing {
            version: row.version,
            name: row.name.clone(),
            renumbered: same.map(|migration| migration.version),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Recorded, pending};
    use crate::error::Error;
    use crate::migration::{Compatibility, Migration};

    fn migration(version: i64, checksum: u8) -> Migration {
        Migration {
            version,
            name: "step".into(),
            file: "migrations/step.sql".into(),
            sql: "".into(),
            statements: Vec::new().into(),
            checksum: [checksum; 32],
            chain: [0; 32],
            transaction: true,
            step: None,
            compatibility: Compatibility::Additive,
            down: None,
        }
    }

    fn recorded(version: i64, checksum: u8) -> Recorded {
        Recorded {
            version,
            name: "step".to_owned(),
            checksum: [checksum; 32],
            breaks: None,
        }
    }

    fn versions(list: &[Migration], history: &[Recorded]) -> Result<Vec<i64>, Error> {
        Ok(pending(list, history)?
            .iter()
            .map(|migration| migration.version)
            .collect())
    }

    #[test]
    fn what_is_above_the_head_is_pending() {
        let list = [migration(1, 1), migration(2, 2), migration(10, 3)];
        assert_eq!(versions(&list, &[]).unwrap(), [1, 2, 10]);
        assert_eq!(versions(&list, &[recorded(1, 1)]).unwrap(), [2, 10]);
        let all = [recorded(1, 1), recorded(2, 2), recorded(10, 3)];
        assert!(versions(&list, &all).unwrap().is_empty());
        assert!(versions(&[], &[]).unwrap().is_empty());
    }

    #[test]
    fn an_edited_migration_is_changed() {
        let list = [migration(1, 1), migration(2, 9)];
        let error = versions(&list, &[recorded(1, 1), recorded(2, 2)]).unwrap_err();
        assert!(matches!(error, Error::Changed { version: 2, .. }));
    }

    #[test]
    fn a_late_migration_is_out_of_order() {
        let list = [migration(1, 1), migration(2, 2), migration(3, 3)];
        let error = versions(&list, &[recorded(1, 1), recorded(3, 3)]).unwrap_err();
        assert!(matches!(
            error,
            Error::OutOfOrder {
                version: 2,
                head: 3,
                ..
            }
        ));
    }

    #[test]
    fn a_recorded_migration_below_the_head_of_the_list_is_missing() {
        let list = [migration(1, 1), migration(3, 3)];
        let history = [recorded(1, 1), recorded(2, 2), recorded(3, 3)];
        let error = versions(&list, &history).unwrap_err();
        assert!(matches!(error, Error::Missing { version: 2, .. }));
    }

    #[test]
    fn a_recorded_migration_above_the_list_is_newer() {
        let history = [recorded(1, 1), recorded(2, 2), recorded(3, 3)];
        let error = versions(&[migration(1, 1)], &history).unwrap_err();
        assert!(matches!(
            error,
            Error::Newer {
                version: 3,
                head: Some(1),
                ..
            }
        ));
        let error = versions(&[], &history).unwrap_err();
        assert!(matches!(
            error,
            Error::Newer {
                version: 3,
                head: None,
                ..
            }
        ));
    }

    #[test]
    fn the_lowest_divergence_is_reported() {
        let list = [migration(1, 9), migration(2, 2)];
        let error = versions(&list, &[recorded(1, 1), recorded(3, 3)]).unwrap_err();
        assert!(matches!(error, Error::Changed { version: 1, .. }));
    }
}

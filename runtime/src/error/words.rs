//! The longer messages, put together from their parts.

use super::{ForeignKeyViolation, Refusal};
use crate::adopt::{Candidate, Compared, ForeignProblem, Tool};
use crate::difference::{Difference, Object};
use crate::holder::Holder;
use crate::repair::RepairProblem;
use crate::status::NewerMigration;

/// The first bytes of a checksum in hexadecimal: enough to tell two apart by eye.
pub(super) fn short(checksum: &[u8; 32]) -> String {
    checksum
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

pub(super) fn mismatch(differences: &[Difference]) -> String {
    let mut text = "the schema of the database is not what the migrations define:".to_owned();
    for difference in differences {
        text.push_str(&format!("\n  {difference}"));
    }
    text.push_str(
        "\nbring the database back to what the migrations define, for which `repair` writes the script",
    );
    text.push_str(ignoring(differences));
    text
}

/// The way out where tables are there that no migration defines.
fn ignoring(differences: &[Difference]) -> &'static str {
    let is_table = |difference: &Difference| {
        matches!(
            difference,
            Difference::Unexpected {
                object: Object::Table { .. }
            }
        )
    };
    match differences.iter().any(is_table) {
        true => {
            ", or name tables that belong to others with `MIGRATIONS.runner().ignore_tables([…])`"
        }
        false => "",
    }
}

pub(super) fn broken_foreign_keys(
    violations: &[ForeignKeyViolation],
    total: usize,
    files: &[String],
    kept: Option<&str>,
) -> String {
    const SHOWN: usize = 5;
    let mut text = "the migrations leave rows that refer to nothing:".to_owned();
    for violation in violations.iter().take(SHOWN) {
        text.push_str(&format!("\n  {violation}"));
    }
    if total > SHOWN {
        text.push_str(&format!("\n  and {} more", total - SHOWN));
    }
    text.push_str(&match kept {
        None => format!(
            "\nnothing was applied: delete or correct these rows in {}",
            match files {
                [] => "the migration".to_owned(),
                files => files
                    .iter()
                    .map(|file| format!("`{file}`"))
                    .collect::<Vec<_>>()
                    .join(" or "),
            }
        ),
        Some(file) => format!(
            "\nthe statements of `{file}` were kept and will not run again: \
             add some to its end that delete or correct these rows"
        ),
    });
    text
}

/// The first of some things by their names, `the tables `a`, `b``.
pub(super) fn some(noun: &str, things: &[String]) -> String {
    const SHOWN: usize = 3;
    let names: Vec<String> = things
        .iter()
        .take(SHOWN)
        .map(|name| format!("`{name}`"))
        .collect();
    let plural = if things.len() == 1 { "" } else { "s" };
    match things.len().saturating_sub(SHOWN) {
        0 => format!("the {noun}{plural} {}", names.join(", ")),
        more => format!("the {noun}{plural} {} and {more} more", names.join(", ")),
    }
}

pub(super) fn company(databases: &[String], temporary: &[String]) -> String {
    let kinds = [
        ("attached database", databases),
        ("temporary object", temporary),
    ];
    let kinds: Vec<String> = kinds
        .iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(noun, names)| some(noun, names))
        .collect();
    kinds.join(" and ")
}

pub(super) fn stale(directory: &str, added: &[String], removed: &[String]) -> String {
    let mut text =
        format!("the program was compiled before its migrations directory `{directory}` changed (");
    let parts = [("new", added), ("gone", removed)];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(_, files)| !files.is_empty())
        .map(|(what, files)| format!("{what}: {}", files.join(", ")))
        .collect();
    text.push_str(&parts.join("; "));
    text.push_str("): build it again, and where cargo finds nothing to do, save the file that has `migrations!` first; \
         with a build script that calls `tablature_build::watch` cargo notices by itself");
    text
}

pub(super) fn irreversible(refusals: &[Refusal]) -> String {
    let mut text = "going back would not restore what was there:".to_owned();
    for refusal in refusals {
        text.push_str(&format!("\n  {refusal}"));
    }
    let versions: Vec<String> = refusals
        .iter()
        .map(|refusal| refusal.version.to_string())
        .collect();
    if refusals.iter().all(|refusal| refusal.can_be_accepted) {
        text.push_str(&format!(
            "\nif that is what you want, name them with `MIGRATIONS.runner().accept_losses_of([{}])`",
            versions.join(", ")
        ));
    } else {
        text.push_str("\nrestore a backup, or write a new migration that undoes the change");
    }
    text
}

/// Versions in a sentence: `2, 3 or 5`.
pub(crate) fn listed(versions: &[i64], word: &str) -> String {
    let texts: Vec<String> = versions.iter().map(i64::to_string).collect();
    match texts.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {word} {last}", rest.join(", ")),
    }
}

pub(super) fn ambiguous(candidates: &[Candidate]) -> String {
    let versions: Vec<i64> = candidates.iter().map(|found| found.version).collect();
    let mut text = format!(
        "the database has no history, and its schema is that of version {}, and cannot tell between them:",
        listed(&versions, "or")
    );
    let mut earlier: Option<i64> = None;
    for candidate in candidates {
        text.push_str(&format!("\n  {candidate}"));
        if let Some(earlier) = earlier.filter(|_| !candidate.is_data_only) {
            text.push_str(&format!(" has the schema of {earlier} again"));
        }
        earlier = Some(candidate.version);
    }
    text.push_str(
        "\nlook in the data for what these migrations write, and name the last one that was applied \
         with `adopt_at(…)`",
    );
    text
}

pub(super) fn not_adoptable(
    version: i64,
    compared: &Compared,
    matches: &[i64],
    differences: &[Difference],
) -> String {
    let mut text = match (compared, matches) {
        (Compared::Claimed(tool), matches) => format!(
            "the history of {tool} in `{}` says that the database is at version {version}, but its schema is that of {}; \
             from {version} it differs in this:",
            tool.place(),
            match matches {
                [] => "no version".to_owned(),
                matches => listed(matches, "and"),
            }
        ),
        (Compared::Nearest, _) => format!(
            "the database has no history, and its schema is that of no version; from {version}, the nearest, it differs in this:"
        ),
        (Compared::Named, []) => {
            format!("the schema of the database is not that of version {version}, and of no other:")
        }
        (Compared::Named, matches) => format!(
            "the schema of the database is not that of version {version}, but of {}:",
            listed(matches, "and")
        ),
    };
    for difference in differences {
        text.push_str(&format!("\n  {difference}"));
    }
    text.push_str(&match matches {
        [] => format!(
            "\nbring the database to what version {version} defines{}",
            ignoring(differences)
        ),
        matches => format!("\nname {} with `adopt_at(…)`", listed(matches, "or")),
    });
    if let (Compared::Claimed(_), [_, ..]) = (compared, matches) {
        text.push_str(&format!(
            " if that history is wrong, or bring the database to what version {version} defines"
        ));
    }
    text
}

pub(super) fn foreign(tool: Tool, problems: &[ForeignProblem]) -> String {
    let mut text = format!(
        "the history of {tool} in `{}` does not fit the program's migrations:",
        tool.place()
    );
    for problem in problems {
        text.push_str(&format!("\n  {problem}"));
    }
    text.push_str(
        "\nmend that, or name the version that the database is at with `adopt_at(…)`, \
         which goes by the schema alone",
    );
    text
}

/// The versions nearest to one that is not there.
pub(super) fn nearest(version: i64, known: &[i64]) -> String {
    let before = known.iter().rfind(|known| **known < version);
    let after = known.iter().find(|known| **known > version);
    match (before, after) {
        (Some(before), Some(after)) => format!("the nearest are {before} and {after}"),
        (Some(before), None) => format!("the last is {before}"),
        (None, Some(after)) => format!("the first is {after}"),
        (None, None) => "there is none".to_owned(),
    }
}

pub(super) fn newer_database(
    version: i64,
    name: &str,
    head: Option<i64>,
    newer: &[NewerMigration],
) -> String {
    let head = match head {
        Some(head) => format!("ends at {head}"),
        None => "has no migrations".to_owned(),
    };
    let mut text = format!(
        "the database is at migration {version} `{name}`, but the program {head}: \
         run the newer program, or restore the file of that migration if it was deleted"
    );
    let breaking = newer
        .iter()
        .find_map(|newer| Some((newer, newer.breaks.as_ref()?)));
    text.push_str(&match breaking {
        Some((NewerMigration { version, name, .. }, reason)) => {
            format!("; this one could not go on with migration {version} `{name}`: {reason}")
        }
        None => "; as these migrations only add to the schema, this one can go on \
                 with `MIGRATIONS.runner().accept_newer_if_additive()`"
            .to_owned(),
    });
    text
}

pub(super) fn changed(
    version: i64,
    name: &str,
    recorded_name: &str,
    file: &str,
    [recorded, compiled]: [&[u8; 32]; 2],
) -> String {
    if name == recorded_name {
        return format!(
            "migration {version} `{name}` was changed after it was applied (its checksum was {}, now it is {}): \
             restore `{file}` as it was and put the change into a new migration, \
             or, if only this database has it, go back with `revert` before you edit it",
            short(recorded),
            short(compiled)
        );
    }
    format!(
        "migration {version} of this database is `{recorded_name}`, and that of the program is `{name}`: \
         use a database of the same branch, or give `{file}` a number above all that were applied"
    )
}

pub(super) fn not_restored(version: i64, differences: &[Difference]) -> String {
    let mut text = format!(
        "the schema would not be that of version {version} after going back, so that nothing was changed:"
    );
    for difference in differences {
        text.push_str(&format!("\n  {difference}"));
    }
    text.push_str(
        "\nsomething else has changed the schema before: bring it to what the migrations define, and then go back",
    );
    text
}

pub(super) fn not_repairable(problems: &[RepairProblem]) -> String {
    let mut text =
        "no script can bring the database back to what the migrations define:".to_owned();
    for problem in problems {
        text.push_str(&format!("\n  {problem}"));
    }
    text.push_str("\nmend that first, and then repair");
    text
}

pub(super) fn locked(holders: &[Holder]) -> String {
    let holders: Vec<String> = holders.iter().map(Holder::to_string).collect();
    let by = match holders.as_slice() {
        [] => "another connection".to_owned(),
        holders => holders.join("; "),
    };
    format!(
        "the database is locked by {by}: try again when that one is done, or wait longer with `busy_timeout`"
    )
}

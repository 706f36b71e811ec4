//! What PostgreSQL accepts and nobody wants on a database that is in use.

use crate::diagnostic::{Code, Diagnostic};
use crate::errors::lints::finding;
use crate::text::Span;

const CONCURRENTLY: &str =
    "write CREATE INDEX CONCURRENTLY in a file of its own that begins with `-- no-transaction`";

/// CREATE INDEX without CONCURRENTLY.
pub(crate) fn blocking_index(table: &str, is_partitioned: bool, span: Span) -> Diagnostic {
    let message = format!("nobody can write to table `{table}` until the index is built");
    let diagnostic = finding(
        Code::BlockingIndex,
        message,
        span,
        "reads every row of the table",
    );
    match is_partitioned {
        true => diagnostic.with_help(
            "write CREATE INDEX … ON ONLY here, CREATE INDEX CONCURRENTLY on each partition, and ALTER INDEX … ATTACH PARTITION",
        ),
        false => diagnostic.with_help(CONCURRENTLY),
    }
}

/// REINDEX without CONCURRENTLY.
pub(crate) fn blocking_reindex(table: &str, span: Span) -> Diagnostic {
    let message = format!("nobody can write to table `{table}` until its index is built anew");
    finding(
        Code::BlockingIndex,
        message,
        span,
        "reads every row of the table",
    )
    .with_help(
        "write REINDEX … CONCURRENTLY in a file of its own that begins with `-- no-transaction`",
    )
}

/// ADD CONSTRAINT that builds an index.
pub(crate) fn index_of_constraint(table: &str, words: &str, span: Span) -> Diagnostic {
    let message = format!("nobody can read or write table `{table}` until the index is built");
    let label = "reads every row of the table";
    let diagnostic = finding(Code::BlockingIndex, message, span, label);
    match words {
        "EXCLUDE" => diagnostic.with_note("an EXCLUDE constraint cannot be given an index that is there"),
        _ => diagnostic.with_help(format!(
            "make a unique index with CREATE UNIQUE INDEX CONCURRENTLY first, and write ADD CONSTRAINT … {words} USING INDEX"
        )),
    }
}

/// ADD COLUMN with a key, which builds an index.
pub(crate) fn index_of_new_column(table: &str, words: &str, span: Span) -> Diagnostic {
    let message = format!("nobody can read or write table `{table}` until the index is built");
    let label = "reads every row of the table";
    finding(Code::BlockingIndex, message, span, label).with_help(format!(
        "add the column without it, then make a unique index with CREATE UNIQUE INDEX CONCURRENTLY, and write ADD CONSTRAINT … {words} USING INDEX"
    ))
}

/// ADD CONSTRAINT without NOT VALID.
pub(crate) fn scan_for_constraint(table: &str, words: &str, span: Span) -> Diagnostic {
    let message = format!("nobody can write to table `{table}` until its rows are checked");
    finding(Code::BlockingValidation, message, span, "reads every row of the table").with_help(format!(
        "add the {words} with NOT VALID here, and write VALIDATE CONSTRAINT in a later file that begins with `-- no-transaction`"
    ))
}

/// SET NOT NULL.
pub(crate) fn scan_for_not_null(table: &str, column: &str, span: Span) -> Diagnostic {
    let message = format!("nobody can read or write table `{table}` until its rows are checked");
    finding(Code::BlockingValidation, message, span, "reads every row of the table").with_help(format!(
        "add CHECK ({column} IS NOT NULL) NOT VALID and validate it in a file that begins with `-- no-transaction`: SET NOT NULL then reads nothing"
    ))
}

/// VALIDATE CONSTRAINT beside the ADD CONSTRAINT … NOT VALID.
pub(crate) fn validated_at_once(
    table: &str,
    constraint: &str,
    added: Option<Span>,
    span: Span,
) -> Diagnostic {
    let message = format!(
        "constraint `{constraint}` is validated in the transaction that adds it: nobody can write to table `{table}` meanwhile"
    );
    let diagnostic = finding(
        Code::BlockingValidation,
        message,
        span,
        "reads every row of the table",
    );
    let diagnostic = match added {
        Some(added) => diagnostic.with_label(added, "added here, with a lock until the end"),
        None => diagnostic,
    };
    diagnostic.with_help("validate it in a later file that begins with `-- no-transaction`")
}

/// ALTER COLUMN … TYPE to one whose values are stored otherwise.
pub(crate) fn type_rewrites(
    table: &str,
    column: &str,
    from: &str,
    to: &str,
    span: Span,
) -> Diagnostic {
    let message =
        format!("nobody can read or write table `{table}` until each of its rows is written anew");
    let label = format!("`{column}` is `{from}`, and `{to}` may be stored otherwise");
    let diagnostic = finding(Code::RewritesTable, message, span, label);
    let is_time = from.starts_with("timestamp") && to.starts_with("timestamp");
    let diagnostic = match is_time {
        true => diagnostic.with_note("where the time zone of the session is UTC it is not"),
        false => diagnostic,
    };
    diagnostic.with_help("add a column of the new type, fill it in portions, and let it take the place of the old one")
}

/// ADD COLUMN whose value is not the same for all rows.
pub(crate) fn computed_for_each_row(
    table: &str,
    column: &str,
    what: &str,
    span: Span,
) -> Diagnostic {
    let message =
        format!("nobody can read or write table `{table}` until each of its rows is written anew");
    finding(
        Code::RewritesTable,
        message,
        span,
        format!("`{column}` {what}"),
    )
    .with_help("add the column without it, fill it in portions, and then say what new rows get")
}

/// Another statement that writes a table anew; without a name, all of them.
pub(crate) fn rewritten_by(words: &str, table: Option<&str>, span: Span) -> Diagnostic {
    let what = match table {
        Some(table) => format!("table `{table}`"),
        None => "a table".to_owned(),
    };
    let message = format!("nobody can read or write {what} until {words} has written it anew");
    finding(Code::RewritesTable, message, span, "writes every row")
}

/// ADD COLUMN NOT NULL without a value for the rows that are there.
pub(crate) fn column_without_values(table: &str, column: &str, span: Span) -> Diagnostic {
    let message = format!("column `{column}` has no value for the rows of table `{table}`");
    finding(Code::FailsOnRows, message, span, "fails if there is a row")
        .with_help("give it a DEFAULT, or add it without NOT NULL and fill it first")
}

/// DROP of a table or column with what it holds.
pub(crate) fn dropped(table: &str, column: Option<&str>, span: Span) -> Diagnostic {
    let message = match column {
        Some(column) => format!("the values of column `{column}` of table `{table}` are lost"),
        None => format!("the rows of table `{table}` are lost"),
    };
    finding(Code::Destructive, message, span, "dropped without a copy")
}

/// REFRESH MATERIALIZED VIEW without CONCURRENTLY. `has_key` says whether it has the index that CONCURRENTLY needs.
pub(crate) fn blocking_refresh(view: &str, has_key: bool, span: Span) -> Diagnostic {
    let message =
        format!("nobody can read materialized view `{view}` until REFRESH has written it anew");
    let diagnostic = finding(Code::RewritesTable, message, span, "runs the whole query");
    let concurrently = format!("write REFRESH MATERIALIZED VIEW CONCURRENTLY {view}");
    match has_key {
        true => diagnostic.with_help(concurrently),
        false => diagnostic.with_help(format!(
            "give it a UNIQUE index over columns, without WHERE, and {concurrently}"
        )),
    }
}

/// A constraint of a column that is added.
pub(crate) fn scan_for_new_column(table: &str, words: &str, span: Span) -> Diagnostic {
    let message = format!("nobody can read or write table `{table}` until its rows are checked");
    finding(Code::BlockingValidation, message, span, "reads every row of the table").with_help(format!(
        "add the column without it, then the {words} with NOT VALID, and write VALIDATE CONSTRAINT in a later file that begins with `-- no-transaction`"
    ))
}

/// A constraint of a domain that a column is of.
pub(crate) fn scan_for_domain(table: &str, domain: &str, words: &str, span: Span) -> Diagnostic {
    let message = format!(
        "nobody can write to table `{table}` until its values of domain `{domain}` are checked"
    );
    let diagnostic = finding(
        Code::BlockingValidation,
        message,
        span,
        "reads every row of the table",
    );
    match words {
        "CHECK" => diagnostic.with_help(
            "add the CHECK with NOT VALID here, and write ALTER DOMAIN … VALIDATE CONSTRAINT in a later file that begins with `-- no-transaction`",
        ),
        _ => diagnostic.with_help(format!(
            "add CHECK (VALUE IS NOT NULL) NOT VALID to the domain instead of {words}, and validate it in a later file that begins with `-- no-transaction`"
        )),
    }
}

/// ATTACH PARTITION of a table without a CHECK that says where its rows belong.
pub(crate) fn scan_for_bound(table: &str, span: Span) -> Diagnostic {
    let message = format!("nobody can read or write table `{table}` until its rows are checked");
    finding(Code::BlockingValidation, message, span, "reads every row of the table").with_help(
        "add a CHECK that says the same as the bound, with NOT VALID, and validate it in an earlier file that begins with `-- no-transaction`: ATTACH PARTITION then reads nothing",
    )
}

/// TRUNCATE … CASCADE of what references a table.
pub(crate) fn emptied_as_well(table: &str, span: Span) -> Diagnostic {
    let message = format!("the rows of table `{table}` are lost as well");
    let label = "it references what is truncated, and CASCADE takes it along";
    finding(Code::Destructive, message, span, label)
        .with_help("name every table that is to be emptied, and leave out CASCADE")
}

/// Rows chosen by a column that the migration added.
pub(crate) fn filter_on_new_column(
    table: &str,
    column: &str,
    added: Option<Span>,
    span: Span,
) -> Diagnostic {
    let message =
        format!("this filters on column `{column}`, which the same migration adds to `{table}`");
    let label = "every row has the default here";
    let diagnostic = finding(Code::FilterOnNewColumn, message, span, label);
    match added {
        Some(added) => diagnostic.with_label(added, "added here"),
        None => diagnostic,
    }
}

//! What people write who come from other databases to SQLite, and what to write instead.

use crate::errors::habits::{self, Habit, Surroundings, habit};

const REBUILD: &str = "SQLite cannot change this in place: create a new table as it should be, copy the rows, drop the old \
    table and rename the new one";
const RUNS_ONCE: &str =
    "SQLite has no such condition here, and a migration runs only once: leave it out";
const NO_CASCADE: &str = "leave it out, and drop what depends on it first";
const LEAVE_OUT: &str = "SQLite has nothing of the kind: leave it out";
const EXPRESSION_DEFAULT: &str =
    "a default that is more than a value must stand in parentheses: `DEFAULT (…)`";
const ROW_NUMBERS: &str = "write `INTEGER PRIMARY KEY`: such a column numbers the rows by itself";
const CREATE_INDEX: &str = "write `CREATE INDEX name ON table (columns)` as a statement of its own";
const NO_LIMIT: &str =
    "choose the rows in a subquery: `WHERE rowid IN (SELECT rowid FROM … LIMIT 1)`";
const USE_LIMIT: &str = "write `LIMIT` at the end of the query";
const USE_DEFAULT: &str = "leave the column out, and the row gets its default";
const TABLE_OPTIONS: &str =
    "the table options of SQLite are STRICT and WITHOUT ROWID: leave others out";

/// The first that fits is the one.
#[rustfmt::skip]
const HABITS: &[Habit] = &[
    // Statements that SQLite does not have.
    habit("truncate", "", "truncate", "write `DELETE FROM table`"),
    habit("grant|revoke", "", "grant|revoke", "SQLite has no users and no permissions: leave it out"),
    habit("comment", "", "comment", "SQLite keeps no comments on objects: write an SQL comment, `-- …`"),
    habit("set", "", "set", "settings are pragmas in SQLite: `PRAGMA name = value`"),
    habit("use", "", "use", "the application chooses the database: leave it out"),
    habit("lock|unlock", "", "lock|unlock", "a transaction locks the whole database: leave it out"),
    habit("start", "", "start", "write `BEGIN`"),
    habit("call|exec|execute|do|declare", "", "call|exec|execute|do|declare", "SQLite has no procedures: write the statements themselves"),
    habit("describe|desc|show", "", "describe|desc|show", "a migration shows nothing: leave it out"),
    habit("go", "", "go", "statements end with `;`: leave it out"),
    habit("", "", "go", "statements end with `;`, not with `GO`"),
    habit("delimiter", "", "delimiter", "a trigger's body needs no other delimiter: leave it out"),
    habit("copy", "", "copy", "write the rows as INSERT statements"),
    habit("merge", "", "merge", "write `INSERT … ON CONFLICT (…) DO UPDATE SET …`"),
    habit("rename", "", "rename", "write `ALTER TABLE table RENAME TO name`"),
    habit(".", "", ".", "commands of the sqlite3 shell cannot run in a migration"),
    habit("print|source|import|load", "", "print|source|import|load", LEAVE_OUT),
    // CREATE.
    habit("create or replace view", "create", "or", "drop the view first: `DROP VIEW IF EXISTS name;`"),
    habit("create or replace trigger", "create", "or", "drop the trigger first: `DROP TRIGGER IF EXISTS name;`"),
    habit("create or replace", "create", "or", "SQLite has no OR REPLACE: drop the object first"),
    habit("create materialized", "create", "materialized", "write `CREATE VIEW`, or a table that triggers keep up to date"),
    habit("create", "create", "unlogged|global|local|external|algorithm|definer|force", LEAVE_OUT),
    habit("create", "create", "type|domain|enum", "SQLite has no types to define: give the column the type TEXT and `CHECK (column IN ('a', 'b'))`"),
    habit("create", "create", "schema|database", "a SQLite database has no schemas: put the prefix into the tables' names"),
    habit("create", "create", "function|procedure|aggregate|operator|language", "functions are registered by the application; list their names under `functions` in `tablature.toml`"),
    habit("create", "create", "extension", "the application loads extensions: leave it out"),
    habit("create", "create", "sequence", ROW_NUMBERS),
    habit("create", "create", "user|role|policy|rule|publication|event|server|statistics", LEAVE_OUT),
    habit("create", "create", "fulltext", "write `CREATE VIRTUAL TABLE name USING fts5(columns)`"),
    habit("create", "temp|temporary", "index|unique", "an index goes into the database of its table: leave `TEMP` out"),
    habit("create", "create", "column", "write `ALTER TABLE table ADD COLUMN …`"),
    // CREATE INDEX.
    habit("create index concurrently|create unique index concurrently", "", "", "leave `CONCURRENTLY` out"),
    habit("create index on|create unique index on", "index", "on", "an index needs a name: `CREATE INDEX name ON table (columns)`"),
    habit("create index|create unique", "", "using", "SQLite has one kind of index: leave `USING …` out"),
    habit("create index|create unique", "on *", ".", "an index is in the database of its table: write the database before the index's name instead"),
    habit("create index|create unique", "", "include", "SQLite has no INCLUDE: list the columns among those of the index"),
    // CREATE VIEW.
    habit("create view|create temp", "with", "check|cascaded|local|no|read", LEAVE_OUT),
    // CREATE TRIGGER.
    habit("create", "insert|update|delete", "or", "a trigger has one event: write a trigger for each"),
    habit("create", "", "execute", "write the statements themselves: `BEGIN …; END`"),
    habit("create", "", "referencing", "the old and the new row are `OLD` and `NEW`: leave it out"),
    habit("create", "each", "statement", "SQLite fires triggers for each row: write `FOR EACH ROW`"),
    habit("create trigger|create temp|create temporary", "begin|;", "set", "a trigger cannot assign to `NEW`: write an UPDATE of the row in an AFTER trigger"),
    habit("create trigger|create temp|create temporary", "begin|;", "if|declare|return|case|raise|perform", "a trigger holds only SELECT, INSERT, UPDATE and DELETE; a condition goes into `WHEN` before BEGIN, or into WHERE"),
    habit("create trigger|create temp|create temporary", "", "returning", "RETURNING cannot be used in a trigger"),
    // CREATE TABLE.
    habit("create table", "default now", "(", "write `DEFAULT CURRENT_TIMESTAMP`"),
    habit("create table|alter table", "", "identity|auto_increment", ROW_NUMBERS),
    habit("create table|alter table", "by default", "as", ROW_NUMBERS),
    habit("create table|alter table", "default *", "(|+|-|*|/|||", EXPRESSION_DEFAULT),
    habit("create table|alter table", "default", "", EXPRESSION_DEFAULT),
    habit("create table|alter table", "", "on update current_timestamp", "write a trigger that sets the column"),
    habit("create table|alter table", "character", "set", "SQLite keeps all text in one encoding: leave `CHARACTER SET` out"),
    habit("create table", "unique", "key|index", "leave the word and the name out: `UNIQUE (columns)`"),
    habit("create table", "key * (|index * (|fulltext * (|spatial * (", "", CREATE_INDEX),
    habit("create table", "key (|index (", "", CREATE_INDEX),
    habit("create table", ",", "index * (|index (", CREATE_INDEX),
    habit("create table", ",", ")", "leave the comma before `)` out"),
    habit("create table", "(", ")", "a table needs at least one column"),
    habit("create table", "", "nulls", "NULLs are always distinct in a UNIQUE constraint: leave it out"),
    habit("create table", "not", "enforced|valid", LEAVE_OUT),
    habit("create table", "", "not enforced|not valid|comment|storage|invisible", LEAVE_OUT),
    habit("create table", "exclude", "", "SQLite has no exclusion constraints: check with a trigger"),
    habit("create table", "", "like", "repeat the columns, or write `CREATE TABLE name AS SELECT * FROM table WHERE false`"),
    habit("create table", "partition", "", "SQLite has no partitions: leave it out"),
    habit("create table", "engine|charset|comment|auto_increment|collate|row_format", "=|*", TABLE_OPTIONS),
    habit("create table", "default", "charset|character", TABLE_OPTIONS),
    habit("create table", ")", "default|comment|collate|inherits|on|tablespace|with", TABLE_OPTIONS),
    habit("create table", "", "if not exists", "write `IF NOT EXISTS` before the table's name"),
    // ALTER.
    habit("alter index|alter view|alter trigger", "alter", "", "drop it and create it again"),
    habit("alter", "alter", "type|sequence|domain|schema|database|function|default|extension|role|user", LEAVE_OUT),
    habit("alter table", "if|not", "exists", RUNS_ONCE),
    habit("alter table only", "only", "", "leave `ONLY` out"),
    habit("alter table", "", "cascade|restrict", NO_CASCADE),
    habit("alter table", "", ", add|, alter|, change|, column|, drop|, modify|, rename", "an ALTER TABLE makes one change: write another one for the next"),
    habit("alter table", "constraint *", "unique", "write `CREATE UNIQUE INDEX name ON table (columns)` instead"),
    habit("alter table", "constraint *", "foreign|primary", REBUILD),
    habit("alter table", "add", "index|key|fulltext", CREATE_INDEX),
    habit("alter table", "add", "unique", "write `CREATE UNIQUE INDEX name ON table (columns)` instead"),
    habit("alter table", "add", "foreign|primary", REBUILD),
    habit("alter table", "drop", "index", "write `DROP INDEX name` as a statement of its own"),
    habit("alter table", "drop", "foreign|primary", REBUILD),
    habit("alter table", "", "first|after", "a new column is always the last: leave it out"),
    habit("alter table", "", "owner|enable|disable|cluster|inherit|validate|replica|attach|detach|engine|comment", LEAVE_OUT),
    habit("alter table", "", "type|modify|change|set|alter", REBUILD),
    habit("alter table", "set|drop", "default|data|storage|statistics|identity|schema|expression", REBUILD),
    // DROP.
    habit("drop", "", ",", "a DROP drops one thing: write another one for the next"),
    habit("drop", "", "cascade|restrict", NO_CASCADE),
    habit("drop index|drop trigger", "", "on", "its name is enough: leave `ON …` out"),
    habit("drop index concurrently", "", "", "leave `CONCURRENTLY` out"),
    habit("drop", "drop", "temporary|temp", "write `DROP TABLE temp.name`"),
    habit("drop", "drop", "column", "write `ALTER TABLE table DROP COLUMN column`"),
    habit("drop", "drop", "constraint", "write `ALTER TABLE table DROP CONSTRAINT name`"),
    habit("drop", "drop", "type|function|procedure|schema|sequence|extension|domain|database|role|user|policy|rule|materialized", LEAVE_OUT),
    // INSERT.
    habit("insert", "insert", "ignore", "write `INSERT OR IGNORE INTO`"),
    habit("insert", "insert", "*", "write `INSERT INTO`"),
    habit("insert|replace|with", "on", "duplicate", "write `ON CONFLICT (column) DO UPDATE SET …`"),
    habit("insert|replace|with", "conflict", "on", "name the columns of the constraint: `ON CONFLICT (columns)`"),
    habit("insert|replace|with", "conflict|conflict ( * )|conflict ( * , * )", "do", "after FROM, `ON` begins the condition of a join: write `WHERE true` before `ON CONFLICT`"),
    habit("insert|replace|with", "do *", "on", "an ON CONFLICT without columns takes every conflict, and must be the last"),
    habit("insert|replace|with", "(|,", "default", USE_DEFAULT),
    habit("insert|replace|with", "", "overriding", LEAVE_OUT),
    // UPDATE and DELETE.
    habit("update|insert", "=", "default", "SQLite cannot set a column to its default: write the value"),
    habit("update|with", "set *|, *", ".", "leave the table out: only its own columns are set"),
    habit("update", "update *", ",", "an UPDATE changes one table; others come after SET: `SET … FROM table WHERE …`"),
    habit("update", "update *", "*", "write `AS` before an alias here"),
    habit("update|delete", "", "limit|order", NO_LIMIT),
    habit("delete", "", "using", "choose the rows in a subquery: `WHERE id IN (SELECT … FROM …)`"),
    habit("delete", "delete", "*", "write `DELETE FROM table`"),
    // Transactions and the like.
    habit("begin|commit|rollback|end", "", "work", "leave `WORK` out"),
    habit("begin|commit|rollback|end", "", "and|isolation|read|not", LEAVE_OUT),
    habit("vacuum|analyze", "", "", "leave the options out"),
    // Queries and expressions.
    habit("", "", "ilike", "LIKE does not distinguish the case of ASCII letters: write `LIKE`"),
    habit("", "", "similar|rlike", "write `LIKE` or `GLOB`, or `REGEXP` if the application registers it"),
    habit("values|insert|replace", "", "order|limit", "VALUES has no ORDER BY and no LIMIT: write `SELECT * FROM (VALUES …) …`"),
    habit("", "top", "", USE_LIMIT),
    habit("", "fetch", "first|next", USE_LIMIT),
    habit("", "qualify", "", "filter a window function's result in an outer query"),
    habit("", "for", "update|share|no|key", "a transaction locks the whole database: leave it out"),
    habit("", "distinct", "on", "write `GROUP BY`, or filter on a window function's result in an outer query"),
    habit("", "any (|some (", "select", "write `IN (SELECT …)`"),
    habit("", "all (", "select", "compare with `(SELECT max(…) …)`"),
    habit("", "extract ( *", "from", "write `strftime('%Y', …)`, or another part of it"),
    habit("", "interval", "", "write `datetime(…, '+1 day')`"),
    habit("", "lateral", "", "SQLite has no LATERAL: use a subquery or a join"),
    habit("", "e|n|b", "'", "a string is written in single quotes without a letter before them; a quote in it is doubled"),
    habit("", "try_cast ( *", "as", "write `CAST(… AS …)`"),
    habit("", "at time", "zone", "SQLite has no time zones: keep times in UTC"),
];

/// Says what to write instead, if a habit from another database explains the error.
pub(crate) fn way_out(error: &Surroundings) -> Option<&'static str> {
    habits::way_out(HABITS, error)
}

#[cfg(test)]
mod tests {
    use super::way_out;
    use crate::errors::habits::Surroundings;

    fn help(before: &str, from: &str) -> Option<&'static str> {
        let words = before.split_whitespace().chain(from.split_whitespace());
        let position = before.split_whitespace().count();
        way_out(&Surroundings::of(words, position))
    }

    #[test]
    fn patterns_look_at_the_statement_and_at_both_sides_of_the_error() {
        assert_eq!(
            help("alter table t add column if not", "exists x int"),
            Some(super::RUNS_ONCE)
        );
        assert_eq!(
            help("create table t ( x default 'a'", "|| 'b' )"),
            Some(super::EXPRESSION_DEFAULT)
        );
        assert_eq!(
            help("select a from t where e", "'x'"),
            help("select e", "'y'")
        );
        assert_eq!(help("select a b", "c"), None);
        assert_eq!(help("", ""), None);
    }
}

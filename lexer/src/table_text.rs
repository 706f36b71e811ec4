//! What only the text of a CREATE TABLE statement tells: the engine's pragmas do not report it.

use crate::normal_form::{normal_name, without_parentheses};
use crate::{Keyword, Symbol, Token, TokenKind, dequote, normal_form, tokenize};
use std::ops::Range;

/// Read from a CREATE TABLE or CREATE VIRTUAL TABLE statement, as SQLite keeps it in `sqlite_schema.sql`.
///
/// The compiler reads it from the text that it expects there, the runtime from the text that is there: two tables are
/// equal in these respects when the two values are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableText {
    /// The module of a virtual table with its arguments: the normal form of what follows USING. None for an ordinary
    /// table.
    pub module: Option<String>,
    /// STRICT.
    pub strict: bool,
    /// WITHOUT ROWID.
    pub without_rowid: bool,
    /// AUTOINCREMENT.
    pub autoincrement: bool,
    /// In order; empty for a virtual table.
    pub columns: Vec<ColumnText>,
    /// The CHECK constraints of the columns and of the table in the order of the text: the normal form of what stands
    /// between the parentheses, however many there are.
    pub checks: Vec<String>,
    /// The keys and NOT NULL constraints that say more than which columns they are about, in the order of the text:
    /// `UNIQUE (a COLLATE nocase, b DESC) ON CONFLICT REPLACE`. Those of a column read like those of the table, but for
    /// `PRIMARY KEY DESC`, which does not make the column the rowid. What is the default is left out.
    pub constraints: Vec<String>,
    /// For each foreign key in the order of the text, whether it is DEFERRABLE INITIALLY DEFERRED. `PRAGMA
    /// foreign_key_list` numbers them from the last to the first.
    pub deferred: Vec<bool>,
}

/// A column of a [`TableText`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnText {
    /// Without its quotes, in its creator's letter case.
    pub name: String,
    /// What its last COLLATE names, folded to lower case (ASCII); none for BINARY, which is the default.
    pub collation: Option<String>,
    /// Of a generated column, the normal form of what stands between the parentheses after AS.
    pub generated: Option<String>,
}

impl TableText {
    /// Reads the text of a statement; a text that is no CREATE TABLE gives what can be made out of it.
    #[must_use]
    pub fn read(sql: &str) -> TableText {
        Reader::read(sql).table
    }

    /// The definition of each column as it is written, its name included: what can follow ADD COLUMN. In order; empty for
    /// a virtual table.
    ///
    /// ```
    /// let sql = "CREATE TABLE t (a INTEGER /* key */ PRIMARY KEY, b TEXT, CHECK (a > 0))";
    /// let definitions = tablature_lexer::TableText::definitions(sql);
    /// assert_eq!(definitions, ["a INTEGER /* key */ PRIMARY KEY", "b TEXT"]);
    /// ```
    #[must_use]
    pub fn definitions(sql: &str) -> Vec<&str> {
        let definitions = Reader::read(sql).definitions.into_iter();
        definitions.filter_map(|range| sql.get(range)).collect()
    }
}

struct Reader<'a> {
    sql: &'a str,
    /// Without white space and comments.
    tokens: Vec<Token>,
    position: usize,
    table: TableText,
    /// Where the definition of each column stands.
    definitions: Vec<Range<usize>>,
}

impl<'a> Reader<'a> {
    fn read(sql: &'a str) -> Reader<'a> {
        let mut tokens = tokenize(sql);
        tokens.retain(|token| !matches!(token.kind, TokenKind::Space | TokenKind::Comment));
        let mut reader = Reader {
            sql,
            tokens,
            position: 0,
            table: TableText::default(),
            definitions: Vec::new(),
        };
        reader.statement();
        reader
    }

    fn statement(&mut self) {
        if self.keyword_at(1) == Some(Keyword::Virtual) {
            // CREATE VIRTUAL TABLE name USING module(arguments)
            if let Some(module) = self.tokens.get(5)
                && self.keyword_at(4) == Some(Keyword::Using)
            {
                self.table.module = Some(normal_form(self.text(module.start, self.sql.len())));
            }
            return;
        }
        // CREATE TABLE name (
        while let Some(kind) = self.advance() {
            if kind == TokenKind::Symbol(Symbol::LeftParen) {
                while self.item() {}
                return self.options();
            }
        }
    }

    /// Reads a column or a table constraint and the comma after it; false after the last.
    fn item(&mut self) -> bool {
        let is_constraint = matches!(
            self.keyword_at(self.position),
            Some(
                Keyword::Constraint
                    | Keyword::Primary
                    | Keyword::Unique
                    | Keyword::Check
                    | Keyword::Foreign
            )
        );
        if !is_constraint && let Some(token) = self.tokens.get(self.position) {
            let name = dequote(self.text(token.start, token.end));
            self.definitions.push(token.start..token.end);
            self.table.columns.push(ColumnText {
                name,
                ..ColumnText::default()
            });
            self.position += 1;
        }
        // The last NOT NULL counts.
        let mut not_null = None;
        let mut is_followed = false;
        while let Some(kind) = self.advance() {
            match kind {
                TokenKind::Symbol(Symbol::Comma) => {
                    is_followed = true;
                    break;
                }
                TokenKind::Symbol(Symbol::RightParen) => break,
                TokenKind::Symbol(Symbol::LeftParen) => {
                    self.parenthesized();
                }
                // These words are reserved: between the parentheses of the table they are nothing but what they say.
                TokenKind::Keyword(Keyword::Autoincrement) => self.table.autoincrement = true,
                TokenKind::Keyword(Keyword::Check) => {
                    if let Some(expression) = self.expression() {
                        let expression = without_parentheses(&expression).to_owned();
                        self.table.checks.push(expression);
                    }
                }
                TokenKind::Keyword(Keyword::Primary) => {
                    self.is_next(Keyword::Key);
                    self.key("PRIMARY KEY", is_constraint);
                }
                TokenKind::Keyword(Keyword::Unique) => self.key("UNIQUE", is_constraint),
                TokenKind::Keyword(Keyword::Not) if self.is_next(Keyword::Null) => {
                    not_null = self.conflict();
                }
                TokenKind::Keyword(Keyword::As) if !is_constraint => {
                    let expression = self.expression();
                    if let Some(column) = self.table.columns.last_mut() {
                        column.generated = expression;
                    }
                }
                TokenKind::Keyword(Keyword::Collate) if !is_constraint => self.collation(),
                TokenKind::Keyword(Keyword::References) => self.table.deferred.push(false),
                TokenKind::Keyword(Keyword::Deferrable) => self.deferrable(),
                _ => {}
            }
        }
        // The token just read is the comma or the parenthesis after it.
        let last = self.position.checked_sub(2);
        if !is_constraint
            && let Some(last) = last.and_then(|position| self.tokens.get(position))
            && let Some(definition) = self.definitions.last_mut()
        {
            definition.end = last.end;
        }
        if let (Some(conflict), Some(column)) = (not_null, self.table.columns.last()) {
            let name = normal_name(&column.name);
            let constraint = format!("NOT NULL ({name}) ON CONFLICT {conflict}");
            self.table.constraints.push(constraint);
        }
        is_followed
    }

    /// Reads what follows PRIMARY KEY or UNIQUE, and keeps it if it is more than columns.
    fn key(&mut self, kind: &str, is_constraint: bool) {
        let (terms, is_more) = if is_constraint {
            let terms = self.terms();
            let is_more = terms.iter().any(|(_, is_more)| *is_more);
            let terms: Vec<String> = terms.into_iter().map(|(term, _)| term).collect();
            (format!("{kind} ({})", terms.join(", ")), is_more)
        } else {
            let is_descending = self.is_next(Keyword::Desc);
            self.is_next(Keyword::Asc);
            let column = self.table.columns.last();
            let column = column.map(|column| normal_name(&column.name));
            let column = column.unwrap_or_default();
            match is_descending {
                true => (format!("{column} {kind} DESC"), true),
                false => (format!("{kind} ({column})"), false),
            }
        };
        match self.conflict() {
            Some(conflict) => {
                let constraint = format!("{terms} ON CONFLICT {conflict}");
                self.table.constraints.push(constraint);
            }
            None if is_more => self.table.constraints.push(terms),
            None => {}
        }
    }

    /// Reads the columns of a key, each with whether more is said of it than its name.
    fn terms(&mut self) -> Vec<(String, bool)> {
        let mut terms: Vec<(String, bool)> = Vec::new();
        let mut is_first = true;
        if self.advance() != Some(TokenKind::Symbol(Symbol::LeftParen)) {
            return terms;
        }
        while let Some(kind) = self.advance() {
            match kind {
                TokenKind::Symbol(Symbol::Comma) => is_first = true,
                TokenKind::Symbol(Symbol::RightParen) => break,
                TokenKind::Symbol(Symbol::LeftParen) => {
                    self.parenthesized();
                }
                _ if is_first => {
                    terms.push((self.name_before(), false));
                    is_first = false;
                }
                TokenKind::Keyword(Keyword::Autoincrement) => self.table.autoincrement = true,
                TokenKind::Keyword(Keyword::Desc) => add(&mut terms, "DESC"),
                TokenKind::Keyword(Keyword::Collate) => {
                    self.advance();
                    let collation = self.name_before();
                    let of_column = self.collation_of(terms.last());
                    if collation != of_column {
                        add(&mut terms, &format!("COLLATE {collation}"));
                    }
                }
                _ => {}
            }
        }
        terms
    }

    /// The name that was just read, without quotes that it does not need.
    fn name_before(&self) -> String {
        let token = self.position.checked_sub(1);
        let token = token.and_then(|position| self.tokens.get(position));
        token.map_or_else(String::new, |token| {
            normal_name(&dequote(self.text(token.start, token.end)))
        })
    }

    fn collation_of(&self, term: Option<&(String, bool)>) -> String {
        let mut columns = self.table.columns.iter();
        let column =
            columns.find(|column| term.is_some_and(|(name, _)| *name == normal_name(&column.name)));
        let collation = column.and_then(|column| column.collation.clone());
        collation.unwrap_or_else(|| "binary".to_owned())
    }

    /// Reads ON CONFLICT; none if it is not there or says what is the default.
    fn conflict(&mut self) -> Option<String> {
        if self.keyword_at(self.position) != Some(Keyword::On)
            || self.keyword_at(self.position + 1) != Some(Keyword::Conflict)
        {
            return None;
        }
        self.position += 2;
        self.advance()?;
        let word = self.name_before().to_ascii_uppercase();
        (word != "ABORT").then_some(word)
    }

    /// Goes on past a keyword if it is the next token.
    fn is_next(&mut self, keyword: Keyword) -> bool {
        let is_next = self.keyword_at(self.position) == Some(keyword);
        self.position += usize::from(is_next);
        is_next
    }

    fn collation(&mut self) {
        let Some(token) = self.tokens.get(self.position) else {
            return;
        };
        let name = dequote(self.text(token.start, token.end)).to_ascii_lowercase();
        self.position += 1;
        if let Some(column) = self.table.columns.last_mut() {
            column.collation = (name != "binary").then_some(name);
        }
    }

    /// Reads what follows DEFERRABLE.
    fn deferrable(&mut self) {
        let denied = self
            .position
            .checked_sub(2)
            .and_then(|before| self.keyword_at(before))
            == Some(Keyword::Not);
        let initially = self.keyword_at(self.position) == Some(Keyword::Initially)
            && self.keyword_at(self.position + 1) == Some(Keyword::Deferred);
        if let Some(deferred) = self.table.deferred.last_mut() {
            *deferred = initially && !denied;
        }
    }

    fn options(&mut self) {
        while let Some(kind) = self.advance() {
            match kind {
                TokenKind::Keyword(Keyword::Without) => self.table.without_rowid = true,
                TokenKind::Word => {
                    let strict = self
                        .position
                        .checked_sub(1)
                        .and_then(|at| self.tokens.get(at));
                    if let Some(token) = strict
                        && self
                            .text(token.start, token.end)
                            .eq_ignore_ascii_case("strict")
                    {
                        self.table.strict = true;
                    }
                }
                _ => {}
            }
        }
    }

    /// The normal form of what stands between the parentheses that begin here.
    fn expression(&mut self) -> Option<String> {
        let open = self.tokens.get(self.position)?.end;
        if self.advance() != Some(TokenKind::Symbol(Symbol::LeftParen)) {
            return None;
        }
        let close = self.parenthesized()?;
        Some(normal_form(self.text(open, close)))
    }

    /// Goes on past the parenthesis that closes the one just read, and gives its first byte.
    fn parenthesized(&mut self) -> Option<usize> {
        let mut depth = 1_usize;
        while let Some(kind) = self.advance() {
            match kind {
                TokenKind::Symbol(Symbol::LeftParen) => depth += 1,
                TokenKind::Symbol(Symbol::RightParen) => depth -= 1,
                TokenKind::Keyword(Keyword::Autoincrement) => self.table.autoincrement = true,
                _ => {}
            }
            if depth == 0 {
                return self
                    .tokens
                    .get(self.position.checked_sub(1)?)
                    .map(|token| token.start);
            }
        }
        None
    }

    fn advance(&mut self) -> Option<TokenKind> {
        let kind = self.tokens.get(self.position)?.kind;
        self.position += 1;
        Some(kind)
    }

    fn keyword_at(&self, position: usize) -> Option<Keyword> {
        match self.tokens.get(position)?.kind {
            TokenKind::Keyword(keyword) => Some(keyword),
            _ => None,
        }
    }

    fn text(&self, start: usize, end: usize) -> &str {
        self.sql.get(start..end).unwrap_or_default()
    }
}

/// Adds to what is said of the last column of a key.
fn add(terms: &mut [(String, bool)], word: &str) {
    if let Some((term, is_more)) = terms.last_mut() {
        term.push(' ');
        term.push_str(word);
        *is_more = true;
    }
}

#[cfg(test)]
mod tests {
    use super::{ColumnText, TableText};

    fn column(name: &str, collation: Option<&str>, generated: Option<&str>) -> ColumnText {
        ColumnText {
            name: name.to_owned(),
            collation: collation.map(str::to_owned),
            generated: generated.map(str::to_owned),
        }
    }

    #[test]
    fn columns_with_their_collations_and_expressions() {
        let table = TableText::read(
            "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, \"Name\" TEXT COLLATE NoCase NOT NULL,
               'c' DECIMAL(10, 2) DEFAULT (1 + (2)) COLLATE binary,
               up TEXT GENERATED ALWAYS AS (upper(\"Name\")) STORED, CONSTRAINT k UNIQUE (c COLLATE rtrim))",
        );
        assert_eq!(
            table.columns,
            [
                column("id", None, None),
                column("Name", Some("nocase"), None),
                column("c", None, None),
                column("up", None, Some("upper ( name )")),
            ]
        );
        assert!(table.autoincrement && !table.strict && !table.without_rowid);
    }

    #[test]
    fn definitions_end_where_the_next_begins() {
        let sql = "CREATE TABLE t(a, \"b c\" DECIMAL(10, 2) DEFAULT (1 + (2)) -- (x, y)
             , c REFERENCES p (x) ON DELETE SET NULL, PRIMARY KEY (a), CHECK (c > (0))) STRICT";
        assert_eq!(
            TableText::definitions(sql),
            [
                "a",
                "\"b c\" DECIMAL(10, 2) DEFAULT (1 + (2))",
                "c REFERENCES p (x) ON DELETE SET NULL"
            ]
        );
        assert!(TableText::definitions("CREATE VIRTUAL TABLE t USING fts5(a, b)").is_empty());
    }

    #[test]
    fn checks_of_columns_and_of_the_table() {
        let table = TableText::read(
            "create table t (a int check (a > 0) constraint c check(a<>(5)), b, check (A in ('x', 'Y')) check (b))",
        );
        assert_eq!(
            table.checks,
            ["a > 0", "a != ( 5 )", "a in ( 'x' , 'Y' )", "b"]
        );
        assert_eq!(table.columns.len(), 2);
    }

    #[test]
    fn parentheses_around_a_whole_check_do_not_count() {
        let table = TableText::read("CREATE TABLE t (a CHECK (((a > 0))), CHECK ((a) > (1)))");
        assert_eq!(table.checks, ["a > 0", "( a ) > ( 1 )"]);
    }

    #[test]
    fn what_a_key_says_beyond_its_columns() {
        let table = TableText::read(
            "CREATE TABLE t (a INTEGER PRIMARY KEY DESC ON CONFLICT REPLACE AUTOINCREMENT, b UNIQUE ON CONFLICT Fail,
               c NOT NULL ON CONFLICT ignore COLLATE nocase, d NOT NULL ON CONFLICT IGNORE NOT NULL UNIQUE ON CONFLICT abort,
               UNIQUE (\"C\" COLLATE NoCase, 'd' COLLATE rtrim DESC, \"e f\" ASC), UNIQUE (a, b) ON CONFLICT ROLLBACK,
               UNIQUE (a ASC, b COLLATE binary), CHECK (a) ON CONFLICT FAIL)",
        );
        assert_eq!(
            table.constraints,
            [
                "a PRIMARY KEY DESC ON CONFLICT REPLACE",
                "UNIQUE (b) ON CONFLICT FAIL",
                "NOT NULL (c) ON CONFLICT IGNORE",
                "UNIQUE (c, d COLLATE rtrim DESC, \"e f\")",
                "UNIQUE (a, b) ON CONFLICT ROLLBACK",
            ]
        );
        assert!(table.autoincrement);
        assert_eq!(table.columns.len(), 4);
    }

    #[test]
    fn foreign_keys_in_the_order_of_the_text() {
        let table = TableText::read(
            "CREATE TABLE t (a REFERENCES p DEFERRABLE INITIALLY DEFERRED REFERENCES q(x) ON DELETE CASCADE,
               b REFERENCES p NOT DEFERRABLE INITIALLY DEFERRED,
               FOREIGN KEY (a, b) REFERENCES r DEFERRABLE, FOREIGN KEY (b) REFERENCES r DEFERRABLE INITIALLY deferred)",
        );
        assert_eq!(table.deferred, [true, false, false, false, true]);
    }

    #[test]
    fn options_after_the_parentheses() {
        let table = TableText::read("CREATE TABLE t (strict, without) WITHOUT ROWID, Strict");
        assert!(table.strict && table.without_rowid);
        let table = TableText::read("CREATE TABLE t (strict TEXT, without rowid)");
        assert!(!table.strict && !table.without_rowid);
    }

    #[test]
    fn a_virtual_table_is_its_module() {
        let table =
            TableText::read("CREATE VIRTUAL TABLE \"Search\" USING FTS5(Title, content='x')");
        assert_eq!(
            table.module.as_deref(),
            Some("fts5 ( title , content = 'x' )")
        );
        assert!(table.columns.is_empty());
    }

    #[test]
    fn the_key_of_a_table_constraint_may_count_up() {
        assert!(
            TableText::read("CREATE TABLE t (id INTEGER, PRIMARY KEY (id AUTOINCREMENT))")
                .autoincrement
        );
    }

    #[test]
    fn any_text_is_read() {
        for sql in [
            "",
            "CREATE",
            "CREATE TABLE",
            "CREATE TABLE t (",
            "CREATE TABLE t (a CHECK (",
            ")((",
            "CHECK",
        ] {
            let _ = TableText::read(sql);
        }
        let _ = TableText::read(&"(".repeat(100_000));
    }
}

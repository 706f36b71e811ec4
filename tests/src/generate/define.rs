//! Statements that make, change and drop objects.

use super::{Generator, Scope};

impl Generator<'_> {
    pub(super) fn create_table(&mut self) -> String {
        let name = self.fresh();
        let count = 1 + self.random.below(5);
        let columns: Vec<String> = (0..count).map(|_| self.fresh_column()).collect();
        let mut items: Vec<String> = Vec::new();
        for column in &columns {
            let definition = self.column_definition(&name, column, &columns);
            items.push(definition);
        }
        for _ in 0..self.random.below(3) {
            let constraint = self.table_constraint(&name, &columns);
            items.push(constraint);
        }
        let option = match self.random.below(12) {
            0 => " STRICT",
            1 => " WITHOUT ROWID",
            2 => " WITHOUT ROWID, STRICT",
            _ => "",
        };
        let temp = self.perhaps(25, "TEMP ");
        let unless = self.perhaps(10, "IF NOT EXISTS ");
        format!(
            "CREATE {temp}TABLE {unless}{name} ({}){option}",
            items.join(", ")
        )
    }

    fn column_definition(&mut self, table: &str, column: &str, columns: &[String]) -> String {
        let mut text = format!(
            "{column} {}",
            self.word(&[
                "INTEGER",
                "TEXT",
                "INT",
                "REAL",
                "BLOB",
                "VARCHAR(9)",
                "",
                "DATETIME",
                "\"my type\"",
            ])
        );
        for _ in 0..self.random.below(3) {
            let constraint = self.column_constraint(table, columns);
            text.push(' ');
            text.push_str(&constraint);
        }
        text
    }

    fn own(&self, table: &str, columns: &[String]) -> Scope {
        Scope {
            tables: vec![(table.to_owned(), columns.to_vec())],
            ..Scope::default()
        }
    }

    fn column_constraint(&mut self, table: &str, columns: &[String]) -> String {
        let name = self.word(&["", "", "", "CONSTRAINT k1 ", "CONSTRAINT k2 "]);
        let scope = self.own(table, columns);
        let constraint = match self.random.below(14) {
            0 | 1 => "NOT NULL".to_owned(),
            2 => "UNIQUE".to_owned(),
            3 | 4 => format!(
                "PRIMARY KEY{}",
                self.word(&["", "", " AUTOINCREMENT", " DESC", " ON CONFLICT REPLACE"])
            ),
            5 | 6 => format!("CHECK ({})", self.expression(&scope)),
            7 => format!(
                "DEFAULT {}",
                self.word(&["1", "'x'", "-1", "NULL", "word", "\"q\"", "TRUE"])
            ),
            8 => format!("DEFAULT ({})", self.expression(&Scope::default())),
            9 => format!(
                "COLLATE {}",
                self.word(&["NOCASE", "BINARY", "RTRIM", "nowhere"])
            ),
            10 => self.references(),
            11 => format!(
                "AS ({}) {}",
                self.expression(&scope),
                self.word(&["", "STORED", "VIRTUAL"])
            ),
            12 => "NULL".to_owned(),
            _ => "UNIQUE ON CONFLICT IGNORE".to_owned(),
        };
        format!("{name}{constraint}")
    }

    fn references(&mut self) -> String {
        let (table, columns) = self.relation();
        let column = match self.random.below(3) {
            0 => String::new(),
            _ => format!(" ({})", self.column_of(&columns)),
        };
        let action = self.word(&[
            "",
            " ON DELETE CASCADE",
            " ON UPDATE SET NULL",
            " DEFERRABLE",
        ]);
        format!("REFERENCES {table}{column}{action}")
    }

    fn table_constraint(&mut self, table: &str, columns: &[String]) -> String {
        let scope = self.own(table, columns);
        match self.random.below(5) {
            0 => {
                let list = self.list(2, ", ", |it| it.column_of(columns));
                format!("PRIMARY KEY ({list})")
            }
            1 => {
                let list = self.list(3, ", ", |it| it.column_of(columns));
                format!("CONSTRAINT k3 UNIQUE ({list})")
            }
            2 => format!("CHECK ({})", self.expression(&scope)),
            3 => format!("CONSTRAINT k4 CHECK ({})", self.expression(&scope)),
            _ => {
                let column = self.column_of(columns);
                format!("FOREIGN KEY ({column}) {}", self.references())
            }
        }
    }

    pub(super) fn create_table_as(&mut self) -> String {
        let temp = self.perhaps(8, "TEMP ");
        let query = self.query(&Scope::default());
        // No verdict may depend on rows.
        let query = match query.contains(" LIMIT ") {
            true => format!("SELECT * FROM ({query}) LIMIT 0"),
            false => format!("{query} LIMIT 0"),
        };
        format!("CREATE {temp}TABLE {} AS {query}", self.fresh())
    }

    pub(super) fn create_virtual_table(&mut self) -> String {
        // No table in `temp` has such a name: under one, the engine takes no shadow tables for what they are.
        let name = self.word(&["f1", "f2", "f3"]);
        match self.random.below(4) {
            0 => format!("CREATE VIRTUAL TABLE {name} USING rtree(id, a, b)"),
            1 => format!("CREATE VIRTUAL TABLE {name} USING fts4(a, b)"),
            _ => format!("CREATE VIRTUAL TABLE {name} USING fts5(a, b UNINDEXED)"),
        }
    }

    pub(super) fn create_index(&mut self) -> String {
        let (table, columns) = self.relation();
        let scope = self.own(&table, &columns);
        let terms = self.list(3, ", ", |it| {
            let term = match it.random.below(4) {
                0 => it.expression(&scope),
                _ => it.column_of(&columns),
            };
            format!("{term}{}", it.word(&["", "", " DESC", " COLLATE NOCASE"]))
        });
        let filter = match self.random.below(4) {
            0 => format!(" WHERE {}", self.expression(&scope)),
            _ => String::new(),
        };
        format!(
            "CREATE {}INDEX {}{} ON {table} ({terms}){filter}",
            self.perhaps(3, "UNIQUE "),
            self.perhaps(8, "IF NOT EXISTS "),
            self.word(&["i1", "i2", "i3", "i4", "i5", "i6"]),
        )
    }

    pub(super) fn create_view(&mut self) -> String {
        let name = self.word(&["v1", "v2", "v3", "v4", "v5", "t1"]);
        let width = 1 + self.random.below(3);
        let columns = match (self.random.below(4), width) {
            (0, 1) => " (p)",
            (0, 2) => " (p, q)",
            (0, _) => " (p, q, r)",
            _ => "",
        };
        let query = self.query_of(&Scope::default(), width);
        format!(
            "CREATE {}VIEW {name}{columns} AS {query}",
            self.perhaps(20, "TEMP ")
        )
    }

    pub(super) fn create_trigger(&mut self) -> String {
        let (table, columns) = match self.random.pick(&self.names.views).cloned() {
            Some(view) if self.chance(4) => (view, vec!["a".to_owned(), "p".to_owned()]),
            _ => self.relation(),
        };
        let is_view = self.names.views.contains(&table);
        let time = match (is_view, self.random.below(12)) {
            (true, 1..) | (false, 0) => "INSTEAD OF",
            (_, 1..=4) => "BEFORE",
            _ => "AFTER",
        };
        let event = self.random.below(4);
        let mut scope = Scope {
            raise: true,
            ..Scope::default()
        };
        if event != 1 || self.chance(12) {
            scope.tables.push(("new".to_owned(), columns.clone()));
        }
        if event != 0 || self.chance(12) {
            scope.tables.push(("old".to_owned(), columns.clone()));
        }
        let event = match event {
            0 => "INSERT".to_owned(),
            1 => "DELETE".to_owned(),
            // A trigger on nothing but columns that are not there never fires, and the engine never looks into it.
            3 if !is_view && !columns.is_empty() => {
                let column = |it: &mut Self| it.random.pick(&columns).cloned().unwrap_or_default();
                format!("UPDATE OF {}", self.list(2, ", ", column))
            }
            _ => "UPDATE".to_owned(),
        };
        let when = match self.random.below(3) {
            0 => format!(" WHEN {}", self.expression(&scope)),
            _ => String::new(),
        };
        let body = self.list(2, " ", |it| match it.random.below(4) {
            0 => format!("{};", it.query(&scope)),
            1 => format!("{};", it.update_in(&scope)),
            2 => format!("{};", it.delete_in(&scope)),
            _ => format!("{};", it.insert_in(&scope)),
        });
        let name = self.word(&["g1", "g2", "g3", "g4", "g5"]);
        format!("CREATE TRIGGER {name} {time} {event} ON {table}{when} BEGIN {body} END")
    }

    pub(super) fn rename_column(&mut self) -> String {
        let (table, columns) = self.relation();
        let column = self.column_of(&columns);
        let to = match self.random.below(4) {
            0 => self.fresh_column(),
            _ => self
                .word(&["n1", "n2", "\"n 3\"", "N4", "[select]"])
                .to_owned(),
        };
        format!("ALTER TABLE {table} RENAME COLUMN {column} TO {to}")
    }

    pub(super) fn rename_table(&mut self) -> String {
        let (table, _) = self.relation();
        format!("ALTER TABLE {table} RENAME TO {}", self.fresh())
    }

    pub(super) fn add_column(&mut self) -> String {
        let (table, columns) = self.relation();
        let column = self.fresh_column();
        let definition = self.column_definition(&table, &column, &columns);
        format!("ALTER TABLE {table} ADD COLUMN {definition}")
    }

    pub(super) fn drop_column(&mut self) -> String {
        let (table, columns) = self.relation();
        format!(
            "ALTER TABLE {table} DROP COLUMN {}",
            self.column_of(&columns)
        )
    }

    pub(super) fn alter_constraint(&mut self) -> String {
        let (table, columns) = self.relation();
        let scope = self.own(&table, &columns);
        match self.random.below(5) {
            0 => format!(
                "ALTER TABLE {table} ALTER COLUMN {} SET NOT NULL",
                self.column_of(&columns)
            ),
            1 => format!(
                "ALTER TABLE {table} ALTER COLUMN {} DROP NOT NULL",
                self.column_of(&columns)
            ),
            2 => format!(
                "ALTER TABLE {table} DROP CONSTRAINT {}",
                self.word(&["k1", "k2", "k4"])
            ),
            3 => format!(
                "ALTER TABLE {table} ADD CHECK ({})",
                self.expression(&scope)
            ),
            _ => format!(
                "ALTER TABLE {table} ADD CONSTRAINT k4 CHECK ({})",
                self.expression(&scope)
            ),
        }
    }

    pub(super) fn drop_object(&mut self) -> String {
        let unless = self.perhaps(4, "IF EXISTS ");
        match self.random.below(4) {
            0 => format!("DROP TABLE {unless}{}", self.relation().0),
            1 => {
                let index = self.random.pick(&self.names.indexes).cloned();
                format!(
                    "DROP INDEX {unless}{}",
                    index.unwrap_or_else(|| "i1".to_owned())
                )
            }
            2 => {
                let view = self.random.pick(&self.names.views).cloned();
                format!(
                    "DROP VIEW {unless}{}",
                    view.unwrap_or_else(|| "v1".to_owned())
                )
            }
            _ => {
                let trigger = self.random.pick(&self.names.triggers).cloned();
                format!(
                    "DROP TRIGGER {unless}{}",
                    trigger.unwrap_or_else(|| "g1".to_owned())
                )
            }
        }
    }

    pub(super) fn other(&mut self) -> String {
        let (table, _) = self.relation();
        match self.random.below(7) {
            0 => "REINDEX".to_owned(),
            1 => format!("REINDEX {table}"),
            2 => "ANALYZE".to_owned(),
            3 => format!("ANALYZE {table}"),
            4 => format!(
                "PRAGMA legacy_alter_table = {}",
                self.word(&["ON", "OFF", "1", "0"])
            ),
            5 => format!("EXPLAIN {}", self.query(&Scope::default())),
            _ => format!("PRAGMA table_info({table})"),
        }
    }
}

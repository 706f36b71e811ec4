//! Small tables with constraints, and statements whose rows keep or break them.

use super::Generator;

/// The columns of the tables.
const COLUMNS: &[&str] = &["a", "b", "c", "d"];

impl Generator<'_> {
    /// Makes a statement that runs on rows, or defines what they must keep.
    pub fn statement_on_rows(&mut self) -> String {
        if self.names.tables.len() < 2 {
            return self.constrained_table();
        }
        match self.random.below(30) {
            0 | 1 => self.constrained_table(),
            2 => self.unique_index(),
            3 => self.column_on_rows(),
            4 => self.alter_on_rows(),
            5 => self.trigger_on_rows(),
            6 => self.copied_table(),
            7..=10 => self.update_rows(),
            11 | 12 => self.delete_rows(),
            13 | 14 => self.insert_selected(),
            _ => self.insert_rows(),
        }
    }

    fn constrained_table(&mut self) -> String {
        let name = self.word(&["r1", "r2", "r3", "r4", "r5"]);
        let is_strict = self.chance(4);
        let count = 1 + self.random.below(COLUMNS.len());
        let mut items: Vec<String> = Vec::new();
        for (position, column) in COLUMNS.iter().take(count).enumerate() {
            let types: &[&'static str] = match is_strict {
                true => &["INTEGER", "TEXT", "INT", "REAL", "BLOB", "ANY"],
                false => &[
                    "INTEGER", "TEXT", "INT", "REAL", "BLOB", "NUMERIC", "", "DATETIME",
                ],
            };
            let mut text = format!("{column} {}", self.word(types));
            for _ in 0..self.random.below(3) {
                text.push(' ');
                let constraint = self.constraint_on_rows(&COLUMNS[..count], &COLUMNS[..position]);
                text.push_str(&constraint);
            }
            items.push(text);
        }
        if self.chance(4) {
            let columns = self.list(2, ", ", |it| it.word(&COLUMNS[..count]).to_owned());
            let kind = self.word(&["UNIQUE", "UNIQUE", "PRIMARY KEY"]);
            items.push(format!("{kind} ({columns}){}", self.on_conflict(6)));
        }
        if self.chance(6) {
            let condition = self.condition(&COLUMNS[..count]);
            items.push(format!("CHECK ({condition})"));
        }
        let option = match (is_strict, self.chance(8)) {
            (true, true) => " STRICT, WITHOUT ROWID",
            (true, false) => " STRICT",
            (false, true) => " WITHOUT ROWID",
            (false, false) => "",
        };
        format!("CREATE TABLE {name} ({}){option}", items.join(", "))
    }

    fn constraint_on_rows(&mut self, columns: &[&'static str], before: &[&'static str]) -> String {
        match self.random.below(12) {
            0..=2 => format!("NOT NULL{}", self.on_conflict(6)),
            3 => format!("UNIQUE{}", self.on_conflict(6)),
            4 | 5 => format!("PRIMARY KEY{}", self.on_conflict(8)),
            6 | 7 => format!("CHECK ({})", self.condition(columns)),
            8 | 9 => format!("DEFAULT {}", self.plain_value()),
            10 => format!("COLLATE {}", self.word(&["NOCASE", "RTRIM", "BINARY"])),
            _ => match self.random.below(3) {
                // Columns that need each other fail whatever the rows are.
                0 | 1 if before.is_empty() => "AS (1)".to_owned(),
                0 => format!("AS ({})", self.value_of(before)),
                1 => format!("AS ({}) STORED", self.value_of(before)),
                _ => format!("REFERENCES {}", self.relation().0),
            },
        }
    }

    fn on_conflict(&mut self, times: usize) -> String {
        if !self.chance(times) {
            return String::new();
        }
        let resolution = self.word(&["REPLACE", "IGNORE", "FAIL", "ABORT", "ROLLBACK"]);
        format!(" ON CONFLICT {resolution}")
    }

    /// A condition on the columns of a row.
    fn condition(&mut self, columns: &[&'static str]) -> String {
        let column = self.word(columns);
        match self.random.below(14) {
            0 => format!("{column} > {}", self.plain_value()),
            1 => format!("{column} <> {}", self.plain_value()),
            2 | 3 => {
                let list = self.list(3, ", ", |it| it.plain_value().to_owned());
                format!("{column} {}IN ({list})", self.perhaps(4, "NOT "))
            }
            4 => format!("{column} IS NOT NULL"),
            5 => format!("length({column}) < {}", self.word(&["1", "2", "3"])),
            6 => format!(
                "typeof({column}) = {}",
                self.word(&["'text'", "'integer'", "'null'"])
            ),
            7 => format!("{column} BETWEEN 0 AND {}", self.word(&["1", "2", "'b'"])),
            8 => format!("{column} = {}", self.value_of(columns)),
            9 => format!("{column} LIKE {}", self.word(&["'a%'", "'_'", "'A'"])),
            10 => format!(
                "{} {} {}",
                self.condition(columns),
                self.word(&["AND", "OR"]),
                self.condition(columns)
            ),
            11 => format!("NOT ({})", self.condition(columns)),
            12 => format!("{column} IS {}", self.plain_value()),
            _ => format!("{column} = {}", self.plain_value()),
        }
    }

    /// A value that a row of these columns gives.
    fn value_of(&mut self, columns: &[&'static str]) -> String {
        let column = self.word(columns);
        match self.random.below(8) {
            0 => format!("{column} + 1"),
            1 => format!("{column} || 'x'"),
            2 => format!("lower({column})"),
            3 => format!("coalesce({column}, {})", self.plain_value()),
            4 => format!("abs({column})"),
            5 => format!("length({column})"),
            6 => format!("CASE WHEN {column} IS NULL THEN 1 ELSE {column} END"),
            _ => column.to_owned(),
        }
    }

    fn plain_value(&mut self) -> &'static str {
        self.word(&[
            "NULL", "0", "1", "2", "3", "-1", "'a'", "'A'", "'b'", "'1'", "'1.5'", "1.5", "x'61'",
            "''", "'a '", "TRUE", "1.0",
        ])
    }

    /// A value that an INSERT or UPDATE gives.
    fn given_value(&mut self) -> String {
        match self.random.below(24) {
            0 => "1 + 1".to_owned(),
            1 => "lower('A')".to_owned(),
            2 => "CURRENT_TIMESTAMP".to_owned(),
            3 => "'a' || 'b'".to_owned(),
            4 => self
                .word(&["9223372036854775807", "1e3", "-0.0", "abs(-2)", "hex('a')"])
                .to_owned(),
            5 => self
                .word(&[
                    "CAST('7' AS INTEGER)",
                    "(SELECT 2)",
                    "coalesce(NULL, 1)",
                    "5 / 2",
                ])
                .to_owned(),
            _ => self.plain_value().to_owned(),
        }
    }

    fn insert_rows(&mut self) -> String {
        let (table, columns) = self.relation();
        let verb = self.verb();
        let (list, width) = self.columns_to_fill(&columns);
        if self.chance(30) {
            return format!("{verb} INTO {table} DEFAULT VALUES");
        }
        let rows = self.list(3, ", ", |it| {
            let values: Vec<String> = (0..width).map(|_| it.given_value()).collect();
            format!("({})", values.join(", "))
        });
        let upsert = self.upsert_on_rows(&columns);
        format!("{verb} INTO {table}{list} VALUES {rows}{upsert}")
    }

    fn verb(&mut self) -> &'static str {
        self.word(&[
            "INSERT",
            "INSERT",
            "INSERT",
            "INSERT",
            "INSERT",
            "REPLACE",
            "INSERT OR IGNORE",
            "INSERT OR IGNORE",
            "INSERT OR REPLACE",
            "INSERT OR FAIL",
            "INSERT OR ROLLBACK",
        ])
    }

    fn columns_to_fill(&mut self, columns: &[String]) -> (String, usize) {
        if self.chance(2) {
            return (String::new(), columns.len());
        }
        let mut chosen: Vec<String> = columns.to_vec();
        if self.chance(3) && chosen.len() > 1 {
            chosen.remove(self.random.below(chosen.len()));
        }
        if self.chance(12) {
            chosen.push("rowid".to_owned());
        }
        (format!(" ({})", chosen.join(", ")), chosen.len())
    }

    fn upsert_on_rows(&mut self, columns: &[String]) -> String {
        if !self.chance(8) {
            return String::new();
        }
        let column = self.column_of(columns);
        let set = self.column_of(columns);
        match self.random.below(4) {
            0 => " ON CONFLICT DO NOTHING".to_owned(),
            1 => format!(" ON CONFLICT ({column}) DO NOTHING"),
            2 => format!(" ON CONFLICT ({column}) DO UPDATE SET {set} = excluded.{set}"),
            _ => format!(" ON CONFLICT DO UPDATE SET {set} = {}", self.given_value()),
        }
    }

    fn insert_selected(&mut self) -> String {
        let (table, columns) = self.relation();
        let (from, others) = self.relation();
        let verb = self.verb();
        let (list, width) = self.columns_to_fill(&columns);
        let values: Vec<String> = (0..width)
            .map(|_| match self.random.below(3) {
                0 => self.given_value(),
                _ => self.column_of(&others),
            })
            .collect();
        let values = values.join(", ");
        match self.random.below(5) {
            0 => {
                let column = self.column_of(&others);
                let value = self.plain_value();
                let values: Vec<String> = (0..width).map(|_| self.given_value()).collect();
                format!(
                    "{verb} INTO {table}{list} SELECT {} WHERE NOT EXISTS (SELECT 1 FROM {from} WHERE {column} = {value})",
                    values.join(", ")
                )
            }
            1 => format!("{verb} INTO {table}{list} SELECT * FROM {from}"),
            2 => {
                let filter = self.condition(COLUMNS);
                format!("{verb} INTO {table}{list} SELECT {values} FROM {from} WHERE {filter}")
            }
            _ => format!("{verb} INTO {table}{list} SELECT {values} FROM {from}"),
        }
    }

    fn update_rows(&mut self) -> String {
        let (table, columns) = self.relation();
        let verb = self.word(&[
            "UPDATE",
            "UPDATE",
            "UPDATE",
            "UPDATE",
            "UPDATE OR IGNORE",
            "UPDATE OR REPLACE",
        ]);
        let set = self.list(2, ", ", |it| {
            let column = it.column_of(&columns);
            let value = match it.random.below(4) {
                0 => it.value_of(COLUMNS),
                _ => it.given_value(),
            };
            format!("{column} = {value}")
        });
        let filter = match self.random.below(3) {
            0 => String::new(),
            _ => format!(" WHERE {}", self.condition(COLUMNS)),
        };
        format!("{verb} {table} SET {set}{filter}")
    }

    fn delete_rows(&mut self) -> String {
        let (table, _) = self.relation();
        match self.random.below(5) {
            0 => format!("DELETE FROM {table}"),
            _ => format!("DELETE FROM {table} WHERE {}", self.condition(COLUMNS)),
        }
    }

    fn unique_index(&mut self) -> String {
        let (table, columns) = self.relation();
        let terms = self.list(2, ", ", |it| {
            let column = it.column_of(&columns);
            match it.random.below(6) {
                0 => format!("lower({column})"),
                1 => format!("{column} COLLATE NOCASE"),
                _ => column,
            }
        });
        let filter = match self.random.below(4) {
            0 => format!(" WHERE {}", self.condition(COLUMNS)),
            _ => String::new(),
        };
        format!(
            "CREATE UNIQUE INDEX {} ON {table} ({terms}){filter}",
            self.word(&["i1", "i2", "i3", "i4"])
        )
    }

    fn column_on_rows(&mut self) -> String {
        let (table, _) = self.relation();
        let column = self.word(&["c", "d", "e", "f"]);
        let constraint = match self.random.below(8) {
            0 => "NOT NULL".to_owned(),
            1 => format!("NOT NULL DEFAULT {}", self.plain_value()),
            2 => format!("DEFAULT {}", self.given_value()),
            3 => format!("CHECK ({})", self.condition(&["a", "b"])),
            4 => format!(
                "DEFAULT {} CHECK ({})",
                self.plain_value(),
                self.condition(&["a", column])
            ),
            5 => format!("NOT NULL AS ({})", self.value_of(&["a", "b"])),
            6 => "REFERENCES r1 DEFAULT 1".to_owned(),
            _ => String::new(),
        };
        let kind = self.word(&["INTEGER", "TEXT", "REAL", ""]);
        format!("ALTER TABLE {table} ADD COLUMN {column} {kind} {constraint}")
    }

    fn alter_on_rows(&mut self) -> String {
        let (table, columns) = self.relation();
        let column = self.column_of(&columns);
        match self.random.below(7) {
            0 => format!("ALTER TABLE {table} DROP COLUMN {column}"),
            1 => format!("ALTER TABLE {table} RENAME COLUMN {column} TO d"),
            2 => format!("ALTER TABLE {table} RENAME TO r5"),
            3 => format!("ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL"),
            4 => format!(
                "ALTER TABLE {table} ADD CHECK ({})",
                self.condition(COLUMNS)
            ),
            5 => format!("DROP TABLE {table}"),
            _ => format!("ALTER TABLE {table} ALTER COLUMN {column} DROP NOT NULL"),
        }
    }

    fn trigger_on_rows(&mut self) -> String {
        let (table, columns) = self.relation();
        let (other, others) = self.relation();
        let name = self.word(&["g1", "g2"]);
        let event = self.word(&[
            "AFTER INSERT",
            "BEFORE INSERT",
            "AFTER UPDATE",
            "AFTER DELETE",
        ]);
        let row = if event.ends_with("DELETE") {
            "old"
        } else {
            "new"
        };
        let column = self.column_of(&columns);
        let body = match self.random.below(4) {
            0 => format!("SELECT raise(ABORT, 'no') WHERE {row}.{column} IS NULL"),
            1 => format!(
                "INSERT INTO {other} ({}) VALUES ({row}.{column})",
                self.column_of(&others)
            ),
            2 => format!(
                "DELETE FROM {other} WHERE {} = {row}.{column}",
                self.column_of(&others)
            ),
            _ => format!(
                "UPDATE {other} SET {} = {row}.{column}",
                self.column_of(&others)
            ),
        };
        format!("CREATE TRIGGER {name} {event} ON {table} BEGIN {body}; END")
    }

    fn copied_table(&mut self) -> String {
        let (from, _) = self.relation();
        format!(
            "CREATE TABLE {} AS SELECT * FROM {from}",
            self.word(&["r1", "r2", "r3", "r4", "r5"])
        )
    }
}

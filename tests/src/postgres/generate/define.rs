//! CREATE, ALTER, DROP, COMMENT.

use super::{Generator, Scope};

impl Generator<'_> {
    pub(super) fn create_table(&mut self) -> String {
        let name = self.fresh();
        let mut columns: Vec<String> = Vec::new();
        let mut parts: Vec<String> = Vec::new();
        for _ in 0..1 + self.random.below(4) {
            let column = self.fresh_column();
            let scope = vec![(name.clone(), vec![column.clone()])];
            let definition = self.column_definition(&column, &scope);
            columns.push(column);
            parts.push(definition);
        }
        if self.chance(2) {
            parts.push(self.table_constraint(&columns, &name));
        }
        if self.chance(12) {
            let (table, _) = self.table();
            let what = self.word(&[
                "",
                " INCLUDING ALL",
                " INCLUDING DEFAULTS INCLUDING INDEXES",
            ]);
            parts.push(format!("LIKE {table}{what}"));
        }
        let end = match self.random.below(14) {
            0 => format!(" PARTITION BY RANGE ({})", self.column_of(&columns)),
            1 => format!(" PARTITION BY LIST ({})", self.column_of(&columns)),
            2 => format!(" INHERITS ({})", self.table().0),
            3 => " WITH (fillfactor = 70)".to_owned(),
            _ => String::new(),
        };
        let kind = self.perhaps(16, "UNLOGGED ");
        let guard = self.perhaps(8, "IF NOT EXISTS ");
        format!(
            "CREATE {kind}TABLE {guard}{name} ({}){end}",
            parts.join(", ")
        )
    }

    fn column_definition(&mut self, column: &str, scope: &Scope) -> String {
        let mut text = format!("{column} {}", self.a_type());
        for _ in 0..self.random.below(3) {
            let constraint = self.column_constraint(scope);
            text.push(' ');
            text.push_str(&constraint);
        }
        text
    }

    fn column_constraint(&mut self, scope: &Scope) -> String {
        match self.random.below(14) {
            0..=2 => "NOT NULL".to_owned(),
            3 => "PRIMARY KEY".to_owned(),
            4 => "UNIQUE".to_owned(),
            5 | 6 => format!("DEFAULT {}", self.literal()),
            7 => format!("DEFAULT ({})", self.expression(&Scope::new())),
            8 => format!("CHECK ({})", self.predicate(scope)),
            9 => {
                let (table, columns) = self.table();
                let action = self.word(&[
                    "",
                    " ON DELETE CASCADE",
                    " ON UPDATE SET NULL",
                    " DEFERRABLE",
                ]);
                format!("REFERENCES {table} ({}){action}", self.column_of(&columns))
            }
            10 => format!("REFERENCES {}", self.table().0),
            11 => format!("GENERATED ALWAYS AS ({}) STORED", self.expression(scope)),
            12 => {
                let when = self.word(&["ALWAYS", "BY DEFAULT"]);
                let options = self.word(&["", " (START WITH 10)", " (INCREMENT BY 0)"]);
                format!("GENERATED {when} AS IDENTITY{options}")
            }
            _ => format!(
                "COLLATE {}",
                self.word(&["\"C\"", "\"POSIX\"", "nowhere", "pg_catalog.\"default\""])
            ),
        }
    }

    fn table_constraint(&mut self, columns: &[String], name: &str) -> String {
        let scope = vec![(name.to_owned(), columns.to_vec())];
        let named = match self.chance(2) {
            true => format!(
                "CONSTRAINT {} ",
                self.word(&["c1", "c2", "t1_pkey", "\"Check\""])
            ),
            false => String::new(),
        };
        let constraint = match self.random.below(7) {
            0 => format!("PRIMARY KEY ({})", self.columns_of(columns, 2)),
            1 | 2 => format!("UNIQUE ({})", self.columns_of(columns, 2)),
            3 => {
                let (table, others) = self.table();
                let own = self.columns_of(columns, 2);
                let others = self.columns_of(&others, 2);
                format!("FOREIGN KEY ({own}) REFERENCES {table} ({others})")
            }
            4 => format!("EXCLUDE USING gist ({} WITH &&)", self.column_of(columns)),
            _ => format!("CHECK ({})", self.expression(&scope)),
        };
        let end = self.word(&[
            "",
            "",
            "",
            "",
            " DEFERRABLE INITIALLY DEFERRED",
            " NOT VALID",
            " NO INHERIT",
        ]);
        format!("{named}{constraint}{end}")
    }

    pub(super) fn create_table_as(&mut self) -> String {
        let name = self.fresh();
        let query = self.query(&Scope::new());
        format!(
            "CREATE TABLE {name} AS {query}{}",
            self.perhaps(4, " WITH NO DATA")
        )
    }

    pub(super) fn create_index(&mut self) -> String {
        let (table, columns) = self.table();
        let scope = vec![(table.clone(), columns.clone())];
        let unique = self.perhaps(3, "UNIQUE ");
        let name = match self.chance(3) {
            true => String::new(),
            false => format!("{} ", self.word(&["i1", "i2", "i3", "\"Index\"", "t1"])),
        };
        let method = match self.chance(4) {
            true => format!(
                " USING {}",
                self.word(&["btree", "hash", "gin", "gist", "brin", "nowhere"])
            ),
            false => String::new(),
        };
        let terms = self.list(2, ", ", |it| {
            let term = match it.chance(3) {
                true => format!("({})", it.expression(&scope)),
                false => it.column_of(&columns),
            };
            let end = it.word(&[
                "",
                "",
                "",
                "",
                " DESC",
                " NULLS FIRST",
                " COLLATE \"C\"",
                " text_pattern_ops",
                " jsonb_path_ops",
            ]);
            format!("{term}{end}")
        });
        let include = match self.chance(10) {
            true => format!(" INCLUDE ({})", self.column_of(&columns)),
            false => String::new(),
        };
        let predicate = match self.chance(4) {
            true => format!(" WHERE {}", self.predicate(&scope)),
            false => String::new(),
        };
        format!("CREATE {unique}INDEX {name}ON {table}{method} ({terms}){include}{predicate}")
    }

    pub(super) fn create_view(&mut self) -> String {
        let name = self.fresh();
        let kind = self.word(&["VIEW", "VIEW", "OR REPLACE VIEW", "MATERIALIZED VIEW"]);
        let columns = match self.chance(5) {
            true => format!(" ({})", self.list(2, ", ", Self::fresh_column)),
            false => String::new(),
        };
        let query = self.query(&Scope::new());
        format!("CREATE {kind} {name}{columns} AS {query}")
    }

    pub(super) fn create_type(&mut self) -> String {
        let name = self.word(&["kind", "e1", "e2", "d1", "d2", "c1", "\"Type\""]);
        match self.random.below(5) {
            0 | 1 => format!("CREATE TYPE {name} AS ENUM ('a', 'b', 'c d')"),
            2 => format!(
                "CREATE TYPE {name} AS (a {}, b {})",
                self.a_type(),
                self.a_type()
            ),
            3 => format!("CREATE TYPE {name} AS RANGE (subtype = {})", self.a_type()),
            _ => {
                let base = self.a_type();
                let end = self.word(&[
                    "",
                    " NOT NULL",
                    " DEFAULT 1",
                    " CHECK (VALUE IS NOT NULL)",
                    " CHECK (VALUE > 0)",
                    " COLLATE \"C\"",
                ]);
                format!("CREATE DOMAIN {name} AS {base}{end}")
            }
        }
    }

    pub(super) fn create_function(&mut self) -> String {
        let name = self.word(&["f1", "f2", "f3", "app.f1", "\"F\""]);
        let replace = self.perhaps(3, "OR REPLACE ");
        let (argument, result) = (self.a_type(), self.a_type());
        let (table, columns) = self.table();
        let mut scope = vec![("t".to_owned(), columns.clone())];
        match self.random.below(6) {
            0 => format!(
                "CREATE {replace}FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.{} := {}; RETURN NEW; END $$",
                self.column_of(&columns),
                self.literal()
            ),
            1 => {
                scope.push((name.to_owned(), vec!["a".to_owned()]));
                let value = self.expression(&scope);
                format!(
                    "CREATE {replace}FUNCTION {name}(a {argument}) RETURNS {result} LANGUAGE sql AS $$ SELECT {value} FROM {table} t $$"
                )
            }
            2 => format!(
                "CREATE {replace}FUNCTION {name}(a {argument}, b text DEFAULT {}) RETURNS {result} LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN a; END $$",
                self.literal()
            ),
            3 => format!(
                "CREATE {replace}FUNCTION {name}() RETURNS SETOF {table} LANGUAGE sql STABLE AS 'SELECT * FROM {table}'"
            ),
            4 => format!(
                "CREATE {replace}FUNCTION {name}(OUT x {argument}, OUT y {result}) LANGUAGE sql AS 'SELECT 1, 2'"
            ),
            _ => format!(
                "CREATE {replace}PROCEDURE {name}(a {argument}) LANGUAGE sql AS $$ DELETE FROM {table} WHERE {} = a $$",
                self.column_of(&columns)
            ),
        }
    }

    pub(super) fn create_trigger(&mut self) -> String {
        let (table, columns) = self.table();
        let time = self.word(&["BEFORE", "AFTER", "INSTEAD OF"]);
        let event = match self.chance(3) {
            true => format!("UPDATE OF {}", self.column_of(&columns)),
            false => self
                .word(&["INSERT", "UPDATE", "DELETE", "INSERT OR UPDATE", "TRUNCATE"])
                .to_owned(),
        };
        let each = self.word(&["ROW", "STATEMENT"]);
        let when = match self.chance(4) {
            true => format!(" WHEN (NEW.{} IS NOT NULL)", self.column_of(&columns)),
            false => String::new(),
        };
        let function = self.word(&["f1", "f2", "f3", "nowhere"]);
        format!(
            "CREATE TRIGGER g1 {time} {event} ON {table} FOR EACH {each}{when} EXECUTE FUNCTION {function}()"
        )
    }

    pub(super) fn create_policy(&mut self) -> String {
        let (table, columns) = self.table();
        let scope = vec![(table.clone(), columns)];
        let command = self.word(&[
            "",
            " FOR SELECT",
            " FOR INSERT",
            " FOR UPDATE TO PUBLIC",
            " AS RESTRICTIVE",
        ]);
        let clause = self.word(&["USING", "WITH CHECK"]);
        format!(
            "CREATE POLICY p1 ON {table}{command} {clause} ({})",
            self.predicate(&scope)
        )
    }

    pub(super) fn create_sequence(&mut self) -> String {
        let options = self.list(2, " ", |it| {
            it.word(&[
                "INCREMENT BY 2",
                "MINVALUE 0",
                "MAXVALUE 100",
                "START WITH 5",
                "CYCLE",
                "CACHE 10",
                "AS smallint",
                "NO MINVALUE",
                "INCREMENT -1",
                "AS text",
                "START 0",
                "MAXVALUE 99999999999",
            ])
            .to_owned()
        });
        let name = self.word(&["s1", "s2", "s3"]);
        match self.chance(4) {
            true => {
                let (table, columns) = self.table();
                format!(
                    "CREATE SEQUENCE {name} OWNED BY {table}.{}",
                    self.column_of(&columns)
                )
            }
            false => format!("CREATE SEQUENCE {name} {options}"),
        }
    }

    pub(super) fn alter_table(&mut self) -> String {
        let (table, columns) = self.table();
        if self.chance(5) {
            let column = self.column_of(&columns);
            return match self.random.below(4) {
                0 => format!("ALTER TABLE {table} RENAME TO {}", self.fresh()),
                1 => format!(
                    "ALTER TABLE {table} SET SCHEMA {}",
                    self.word(&["app", "public", "nowhere"])
                ),
                2 => {
                    let names = self.names;
                    let constraint = self.picked(&names.constraints);
                    format!("ALTER TABLE {table} RENAME CONSTRAINT {constraint} TO c9")
                }
                _ => format!(
                    "ALTER TABLE {table} RENAME COLUMN {column} TO {}",
                    self.fresh_column()
                ),
            };
        }
        let actions = self.list(2, ", ", |it| it.table_action(&table, &columns));
        format!(
            "ALTER TABLE {}{table} {actions}",
            self.perhaps(10, "IF EXISTS ")
        )
    }

    fn table_action(&mut self, table: &str, columns: &[String]) -> String {
        let column = self.column_of(columns);
        let scope = vec![(table.to_owned(), columns.to_vec())];
        match self.random.below(22) {
            0..=3 => {
                let new = self.fresh_column();
                format!(
                    "ADD COLUMN {}{}",
                    self.perhaps(5, "IF NOT EXISTS "),
                    self.column_definition(&new, &scope)
                )
            }
            4 | 5 => format!(
                "DROP COLUMN {}{column}{}",
                self.perhaps(5, "IF EXISTS "),
                self.perhaps(3, " CASCADE")
            ),
            6..=8 => {
                let kind = self.a_type();
                let using = match self.chance(2) {
                    true => format!(" USING {column}::text::{kind}"),
                    false => String::new(),
                };
                format!("ALTER COLUMN {column} TYPE {kind}{using}")
            }
            9 => format!("ALTER COLUMN {column} SET NOT NULL"),
            10 => format!("ALTER COLUMN {column} DROP NOT NULL"),
            11 | 12 => format!(
                "ALTER COLUMN {column} SET DEFAULT {}",
                self.expression(&Scope::new())
            ),
            13 => format!("ALTER COLUMN {column} DROP DEFAULT"),
            14..=16 => format!("ADD {}", self.table_constraint(columns, table)),
            17 => {
                let names = self.names;
                let constraint = self.picked(&names.constraints);
                format!(
                    "DROP CONSTRAINT {constraint}{}",
                    self.perhaps(3, " CASCADE")
                )
            }
            18 => {
                let action = self.word(&[
                    "ADD GENERATED ALWAYS AS IDENTITY",
                    "DROP IDENTITY",
                    "DROP IDENTITY IF EXISTS",
                    "DROP EXPRESSION",
                    "SET GENERATED ALWAYS",
                    "SET STATISTICS 100",
                    "SET STORAGE EXTERNAL",
                ]);
                format!("ALTER COLUMN {column} {action}")
            }
            19 => format!("INHERIT {}", self.table().0),
            20 => self
                .word(&[
                    "ENABLE ROW LEVEL SECURITY",
                    "DISABLE TRIGGER ALL",
                    "SET (fillfactor = 50)",
                    "RESET (fillfactor)",
                    "SET UNLOGGED",
                    "REPLICA IDENTITY FULL",
                    "CLUSTER ON i1",
                    "SET WITHOUT CLUSTER",
                    "OWNER TO CURRENT_USER",
                    "NO FORCE ROW LEVEL SECURITY",
                ])
                .to_owned(),
            _ => {
                let names = self.names;
                format!("VALIDATE CONSTRAINT {}", self.picked(&names.constraints))
            }
        }
    }

    pub(super) fn alter_other(&mut self) -> String {
        let names = self.names;
        match self.random.below(9) {
            0 => format!(
                "ALTER TYPE {} ADD VALUE {}'{}'",
                self.picked(&names.types),
                self.perhaps(3, "IF NOT EXISTS "),
                self.word(&["a", "z", "new"])
            ),
            1 => format!(
                "ALTER TYPE {} RENAME VALUE 'a' TO 'b2'",
                self.picked(&names.types)
            ),
            2 => format!("ALTER TYPE {} RENAME TO renamed", self.picked(&names.types)),
            3 => format!(
                "ALTER INDEX {} RENAME TO i9",
                self.picked(&names.shared.indexes)
            ),
            4 => format!(
                "ALTER VIEW {} RENAME TO v9",
                self.picked(&names.shared.views)
            ),
            5 => format!("ALTER DOMAIN {} SET NOT NULL", self.picked(&names.types)),
            6 => format!(
                "ALTER SEQUENCE {} INCREMENT BY 3",
                self.picked(&names.sequences)
            ),
            7 => format!(
                "ALTER FUNCTION {} RENAME TO f9",
                self.picked(&names.functions)
            ),
            _ => format!(
                "ALTER TYPE {} ADD ATTRIBUTE c {}",
                self.picked(&names.types),
                self.a_type()
            ),
        }
    }

    pub(super) fn drop_object(&mut self) -> String {
        let names = self.names;
        let (kind, name) = match self.random.below(9) {
            0 | 1 => ("TABLE", self.table().0),
            2 => ("INDEX", self.picked(&names.shared.indexes)),
            3 => ("VIEW", self.picked(&names.shared.views)),
            4 => ("TYPE", self.picked(&names.types)),
            5 => ("FUNCTION", self.picked(&names.functions)),
            6 => ("SEQUENCE", self.picked(&names.sequences)),
            7 => ("MATERIALIZED VIEW", self.picked(&names.shared.views)),
            _ => ("SCHEMA", "app".to_owned()),
        };
        let guard = self.perhaps(4, "IF EXISTS ");
        format!("DROP {kind} {guard}{name}{}", self.perhaps(3, " CASCADE"))
    }

    pub(super) fn comment(&mut self) -> String {
        let (table, columns) = self.table();
        match self.chance(2) {
            true => format!("COMMENT ON TABLE {table} IS 'a table''s'"),
            false => format!(
                "COMMENT ON COLUMN {table}.{} IS {}",
                self.column_of(&columns),
                self.word(&["'x'", "NULL"])
            ),
        }
    }
}

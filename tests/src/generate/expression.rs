//! Expressions.

use super::{Generator, STRAY, Scope};

impl Generator<'_> {
    pub(super) fn expression(&mut self, scope: &Scope) -> String {
        if self.depth == 0 {
            return self.leaf(scope);
        }
        self.depth -= 1;
        let expression = self.branch(scope);
        self.depth += 1;
        expression
    }

    fn branch(&mut self, scope: &Scope) -> String {
        let one = self.expression(scope);
        match self.random.below(34) {
            0..=4 => {
                let operator = self.word(&[
                    "+",
                    "-",
                    "*",
                    "||",
                    "=",
                    "<>",
                    "<",
                    ">=",
                    "AND",
                    "OR",
                    "IS",
                    "IS NOT",
                    "LIKE",
                    "GLOB",
                    "->",
                    "->>",
                    "%",
                    "&",
                    "<<",
                    "IS NOT DISTINCT FROM",
                ]);
                format!("{one} {operator} {}", self.expression(scope))
            }
            5 => format!("{}{one}", self.word(&["-", "+", "~", "NOT "])),
            6 => format!("({one})"),
            7 => format!("{one} {}", self.word(&["ISNULL", "NOTNULL", "NOT NULL"])),
            8 => {
                let collation = self.word(&["NOCASE", "BINARY", "RTRIM", "\"nocase\"", "nowhere"]);
                let collation = if self.chance(6) { collation } else { "NOCASE" };
                format!("{one} COLLATE {collation}")
            }
            9 => format!(
                "CAST({one} AS {})",
                self.word(&[
                    "INTEGER",
                    "TEXT",
                    "VARCHAR(3)",
                    "REAL",
                    "NUMERIC",
                    "BLOB",
                    ""
                ])
            ),
            10 => format!(
                "CASE WHEN {one} THEN {} ELSE {} END",
                self.expression(scope),
                self.expression(scope)
            ),
            11 => format!(
                "{one} BETWEEN {} AND {}",
                self.expression(scope),
                self.expression(scope)
            ),
            12 => {
                let list = self.list(3, ", ", |it| it.expression(scope));
                format!("{one} {}IN ({list})", self.perhaps(3, "NOT "))
            }
            13 => format!("{one} IN ({})", self.query(scope)),
            14 => format!("{one} IN {}", self.relation().0),
            15 => format!("{}EXISTS ({})", self.perhaps(3, "NOT "), self.query(scope)),
            16 | 17 => format!("({})", self.query(scope)),
            18..=22 => self.call(scope, &one),
            23 | 24 if scope.aggregates => self.aggregate(scope, &one),
            25 if scope.aggregates => self.window(scope, &one),
            26 if self.chance(12) => self.aggregate(scope, &one),
            27 if self.chance(12) => self.window(scope, &one),
            28 => {
                let other = self.expression(scope);
                let operator = self.word(&["=", "<", "IS", "IN"]);
                match operator {
                    "IN" => format!("({one}, {other}) IN ({})", self.query(scope)),
                    operator => format!(
                        "({one}, {other}) {operator} ({}, {})",
                        self.expression(scope),
                        self.expression(scope)
                    ),
                }
            }
            29 if scope.raise => {
                let kind = self.word(&["IGNORE", "ABORT, 'no'", "FAIL, 'no'", "ROLLBACK, 'no'"]);
                format!("raise({kind})")
            }
            _ => one,
        }
    }

    pub(super) fn leaf(&mut self, scope: &Scope) -> String {
        match self.random.below(16) {
            0 => self
                .word(&["1", "0", "-2", "1.5", "0x1f", "1e3"])
                .to_owned(),
            1 => self.word(&["'x'", "''", "x'00'", "'a b'"]).to_owned(),
            2 => self
                .word(&["NULL", "TRUE", "FALSE", "CURRENT_TIMESTAMP", "current_date"])
                .to_owned(),
            3 if self.chance(6) => self.word(STRAY).to_owned(),
            4 if self.chance(10) => self.word(&["?", "?1", ":x"]).to_owned(),
            _ => self.column(scope),
        }
    }

    pub(super) fn column(&mut self, scope: &Scope) -> String {
        let Some((table, columns)) = self.random.pick(&scope.tables).cloned() else {
            return "1".to_owned();
        };
        let column = match self.random.below(24) {
            0 => self.word(&["rowid", "oid", "_rowid_"]).to_owned(),
            _ => self.column_of(&columns),
        };
        match self.random.below(3) {
            0 => format!("{table}.{column}"),
            _ => column,
        }
    }

    fn call(&mut self, scope: &Scope, one: &str) -> String {
        const ONE: &[&str] = &[
            "lower",
            "upper",
            "length",
            "abs",
            "typeof",
            "hex",
            "quote",
            "trim",
            "date",
            "datetime",
            "round",
            "json",
            "json_array_length",
            "likely",
            "unicode",
            "random",
            "julianday",
        ];
        const TWO: &[&str] = &[
            "ifnull",
            "nullif",
            "instr",
            "substr",
            "max",
            "min",
            "coalesce",
            "json_extract",
            "round",
            "strftime",
            "printf",
            "replace",
            "iif",
            "like",
            "glob",
            "concat_ws",
        ];
        match self.random.below(12) {
            0..=5 => format!("{}({one})", self.word(ONE)),
            6..=9 => format!("{}({one}, {})", self.word(TWO), self.expression(scope)),
            10 => format!(
                "{}({one}, {}, {})",
                self.word(&["replace", "substr", "iif", "json_set", "max", "coalesce"]),
                self.expression(scope),
                self.expression(scope)
            ),
            _ if self.chance(4) => format!("unheard_of({one})"),
            _ => format!(
                "{}()",
                self.word(&["random", "last_insert_rowid", "changes", "date"])
            ),
        }
    }

    fn aggregate(&mut self, scope: &Scope, one: &str) -> String {
        let filter = match self.random.below(6) {
            0 => format!(" FILTER (WHERE {})", self.expression(scope)),
            _ => String::new(),
        };
        match self.random.below(8) {
            0 => format!("count(*){filter}"),
            1 => format!("count(DISTINCT {one}){filter}"),
            2 => format!("group_concat({one}, ','){filter}"),
            3 => format!(
                "group_concat({one} ORDER BY {}){filter}",
                self.expression(scope)
            ),
            _ => {
                let name = self.word(&[
                    "sum",
                    "max",
                    "min",
                    "avg",
                    "total",
                    "count",
                    "json_group_array",
                ]);
                format!("{name}({one}){filter}")
            }
        }
    }

    fn window(&mut self, scope: &Scope, one: &str) -> String {
        let function = match self.random.below(8) {
            0 => "row_number()".to_owned(),
            1 => "rank()".to_owned(),
            2 => format!("lag({one}, 1)"),
            3 => format!("first_value({one})"),
            4 => "ntile(2)".to_owned(),
            5 => "count(*)".to_owned(),
            6 => format!("lower({one})"),
            _ => format!("sum({one})"),
        };
        match self.random.below(5) {
            0 => format!("{function} OVER win"),
            1 => format!("{function} OVER ()"),
            _ => format!("{function} OVER {}", self.window_definition(scope)),
        }
    }

    pub(super) fn window_definition(&mut self, scope: &Scope) -> String {
        let partition = match self.random.below(2) {
            0 => format!("PARTITION BY {} ", self.expression(scope)),
            _ => String::new(),
        };
        let frame = match self.random.below(6) {
            0 => " ROWS BETWEEN 1 PRECEDING AND CURRENT ROW",
            1 => " RANGE UNBOUNDED PRECEDING EXCLUDE TIES",
            2 => " GROUPS 1 PRECEDING",
            3 => " RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING",
            _ => "",
        };
        format!("({partition}ORDER BY {}{frame})", self.expression(scope))
    }
}

//! Expressions and queries.

use super::{Generator, Scope};

impl Generator<'_> {
    /// An expression over what is in scope.
    pub(super) fn expression(&mut self, scope: &Scope) -> String {
        if self.depth == 0 || self.chance(3) {
            return self.leaf(scope);
        }
        self.depth -= 1;
        let text = self.compound(scope);
        self.depth += 1;
        text
    }

    fn leaf(&mut self, scope: &Scope) -> String {
        if self.chance(3) || scope.is_empty() {
            return self.literal();
        }
        let Some((table, columns)) = self.random.pick(scope).cloned() else {
            return self.literal();
        };
        let column = self.column_of(&columns);
        match self.chance(4) {
            true => format!("{table}.{column}"),
            false => column,
        }
    }

    pub(super) fn literal(&mut self) -> String {
        if self.chance(8) {
            let names = self.names;
            return self.picked(&names.labels);
        }
        self.word(&[
            "0",
            "1",
            "-1",
            "42",
            "1.5",
            "'x'",
            "'1'",
            "''",
            "NULL",
            "true",
            "false",
            "'2024-01-31'",
            "now()",
            "current_date",
            "'{}'",
            "'{1,2}'",
            "ARRAY[1, 2]",
            "'a'::text",
            "'{}'::jsonb",
            "10000000000",
            "'1 day'::interval",
            "current_user",
            "gen_random_uuid()",
            "'2024-01-31'::date",
            "1e3",
            "B'1'",
            "'t'::boolean",
        ])
        .to_owned()
    }

    fn compound(&mut self, scope: &Scope) -> String {
        match self.random.below(22) {
            0..=3 => {
                let operator = self.word(&[
                    "=",
                    "<>",
                    "<",
                    ">=",
                    "+",
                    "-",
                    "*",
                    "/",
                    "%",
                    "||",
                    "~",
                    "->",
                    "->>",
                    "@>",
                    "&&",
                    "#>>",
                    "?",
                    "^",
                    "IS DISTINCT FROM",
                ]);
                let (left, right) = (self.expression(scope), self.expression(scope));
                format!("{left} {operator} {right}")
            }
            4 | 5 => {
                let operator = self.word(&["AND", "OR"]);
                let (left, right) = (self.predicate(scope), self.predicate(scope));
                format!("{left} {operator} {right}")
            }
            6 => format!("NOT {}", self.predicate(scope)),
            7 | 8 => {
                let function = self.word(&[
                    "lower",
                    "length",
                    "coalesce",
                    "abs",
                    "upper",
                    "max",
                    "count",
                    "sum",
                    "to_char",
                    "date_trunc",
                    "round",
                    "jsonb_build_object",
                    "array_agg",
                    "nullif",
                    "greatest",
                    "substr",
                    "md5",
                    "nowhere",
                    "left",
                    "trim",
                    "extract",
                    "array_length",
                    "concat",
                    "string_agg",
                    "to_timestamp",
                    "age",
                    "jsonb_array_elements",
                    "unnest",
                ]);
                let arguments = self.list(2, ", ", |it| it.expression(scope));
                format!("{function}({arguments})")
            }
            9 | 10 => {
                let (value, kind) = (self.expression(scope), self.a_type());
                match self.chance(2) {
                    true => format!("({value})::{kind}"),
                    false => format!("CAST({value} AS {kind})"),
                }
            }
            11 => {
                let (when, then, other) = (
                    self.predicate(scope),
                    self.expression(scope),
                    self.expression(scope),
                );
                format!("CASE WHEN {when} THEN {then} ELSE {other} END")
            }
            12 => {
                let value = self.expression(scope);
                let list = self.list(3, ", ", |it| it.expression(scope));
                format!("{value} {}IN ({list})", self.perhaps(3, "NOT "))
            }
            13 => {
                let (value, low, high) = (
                    self.expression(scope),
                    self.expression(scope),
                    self.expression(scope),
                );
                format!("{value} BETWEEN {low} AND {high}")
            }
            14 => {
                let value = self.expression(scope);
                format!(
                    "{value} {}LIKE {}",
                    self.perhaps(3, "NOT "),
                    self.word(&["'a%'", "name", "1"])
                )
            }
            15 => format!("(SELECT {})", self.select_rest(scope, 1)),
            16 => format!("EXISTS (SELECT {})", self.select_rest(scope, 2)),
            17 => {
                let value = self.expression(scope);
                format!("{value} = ANY ({})", self.expression(scope))
            }
            18 => {
                let value = self.expression(scope);
                let list = self.list(2, ", ", |it| it.expression(scope));
                format!("count({value}) OVER (PARTITION BY {list})")
            }
            19 => format!("({}, {})", self.expression(scope), self.expression(scope)),
            20 => format!("ARRAY[{}]", self.list(3, ", ", |it| it.expression(scope))),
            _ => {
                let what = self.word(&["NULL", "NOT NULL", "TRUE", "NOT FALSE", "UNKNOWN"]);
                format!("{} IS {what}", self.expression(scope))
            }
        }
    }

    /// An expression that is likely to be true or false.
    pub(super) fn predicate(&mut self, scope: &Scope) -> String {
        let left = self.leaf(scope);
        match self.random.below(6) {
            0 => format!("{left} IS NOT NULL"),
            1 => format!("{left} = {}", self.literal()),
            2 => format!("{left} = {}", self.leaf(scope)),
            3 => format!("{left} > {}", self.literal()),
            4 => format!("{left}::text <> ''"),
            _ => self.expression(scope),
        }
    }

    /// A query, whose expressions also see what is around it.
    pub(super) fn query(&mut self, around: &Scope) -> String {
        let columns = 1 + self.random.below(3);
        let mut text = format!("SELECT {}", self.select_rest(around, columns));
        if self.chance(8) {
            let operator = self.word(&["UNION", "UNION ALL", "INTERSECT", "EXCEPT"]);
            text = format!(
                "{text} {operator} SELECT {}",
                self.select_rest(around, columns)
            );
        }
        if self.chance(8) {
            let (table, columns) = self.table();
            let column = self.column_of(&columns);
            text = format!("WITH w AS (SELECT {column} FROM {table}) {text}");
        }
        if self.chance(6) {
            text.push_str(self.word(&[
                " ORDER BY 1",
                " LIMIT 10",
                " ORDER BY 1 DESC NULLS LAST",
                " OFFSET 1",
                " LIMIT NULL",
            ]));
        }
        text
    }

    fn select_rest(&mut self, around: &Scope, columns: usize) -> String {
        let (table, own) = self.table();
        let mut scope = around.clone();
        scope.push(("t".to_owned(), own.clone()));
        let mut from = format!("{table} t");
        if self.chance(3) {
            let (other, others) = self.table();
            let left = self.column_of(&own);
            let right = self.column_of(&others);
            let join = self.word(&["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"]);
            from = match self.random.below(5) {
                0 => format!("{from} {join} {other} o USING ({left})"),
                1 => format!("{from}, {other} o"),
                2 => format!("{from} NATURAL JOIN {other} o"),
                _ => format!("{from} {join} {other} o ON t.{left} = o.{right}"),
            };
            scope.push(("o".to_owned(), others));
        }
        let mut outputs: Vec<String> = (0..columns)
            .map(|_| {
                let alias = match self.chance(3) {
                    true => format!(" AS {}", self.fresh_column()),
                    false => String::new(),
                };
                format!("{}{alias}", self.expression(&scope))
            })
            .collect();
        if columns > 1 && self.chance(4) {
            outputs = vec![self.word(&["*", "t.*", "t", "count(*)"]).to_owned()];
        }
        let mut text = format!("{} FROM {from}", outputs.join(", "));
        if self.chance(2) {
            text.push_str(&format!(" WHERE {}", self.predicate(&scope)));
        }
        if self.chance(6) {
            let columns = self.columns_of(&own, 2);
            text.push_str(&format!(" GROUP BY {columns}"));
        }
        text
    }
}

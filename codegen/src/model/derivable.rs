//! Derive macros that the types of some columns do not allow: rustc would say so of the macro and name no column.

use super::{Field, FieldType, Origin, RowStruct, Source};
use crate::errors;
use crate::types::Plain;
use tablature_schema::config::{Config, Setting};
use tablature_schema::diagnostic::Diagnostic;
use tablature_schema::text::Span;

/// A trait of which it is known which of our types have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trait {
    Copy,
    Default,
    /// `Eq`, `Ord` and `Hash`: what a floating-point number lacks.
    Total,
    PartialOrd,
    Serde,
}

/// Something whose type stands against a derive macro.
pub(crate) struct Obstacle {
    /// What it is, in backticks: `` column `price` of `tales` ``.
    pub(crate) what: String,
    /// Its Rust type.
    pub(crate) ty: String,
    /// Where it is declared.
    pub(crate) span: Span,
}

/// What is wrong with the derive macros of the configuration. Those that cannot be are taken from the rows, so that each is
/// one mistake.
pub(super) fn check(config: &Config, rows: &mut [RowStruct<'_>]) -> Vec<Diagnostic> {
    let of_all = config.derive.iter().map(|setting| (None, setting));
    let of_tables = config.tables.iter().flat_map(|(name, table)| {
        let settings = table.derive.iter();
        settings.map(move |setting| (Some(name.as_str()), setting))
    });
    let settings: Vec<(Option<&str>, &Setting)> = of_all.chain(of_tables).collect();
    let mut mistakes = Vec::new();
    for (only, setting) in settings {
        let Some(wanted) = Trait::of(&setting.text) else {
            continue;
        };
        let mut found = Vec::new();
        for row in rows.iter_mut() {
            if only.is_some_and(|only| !only.eq_ignore_ascii_case(row.source.name())) {
                continue;
            }
            let obstacles = obstacles(row, wanted);
            if !obstacles.is_empty() {
                row.derives
                    .retain(|path| Trait::of(&path.to_string().replace(' ', "")) != Some(wanted));
            }
            // A view shows columns of tables.
            for obstacle in obstacles {
                let is_same = |other: &Obstacle| other.span == obstacle.span;
                if !found.iter().any(is_same) {
                    found.push(obstacle);
                }
            }
        }
        if !found.is_empty() {
            mistakes.push(errors::underivable(setting, &found));
        }
    }
    mistakes
}

fn obstacles(row: &RowStruct<'_>, wanted: Trait) -> Vec<Obstacle> {
    let fields = row.fields.iter();
    fields
        .filter_map(|field| {
            let ty = lacking(field, wanted)?;
            Some(Obstacle {
                what: format!("column `{}` of `{}`", field.column, row.source.name()),
                ty,
                span: place(field, &row.source),
            })
        })
        .collect()
}

/// The type of a field that lacks a trait.
fn lacking(field: &Field<'_>, wanted: Trait) -> Option<String> {
    match &field.ty {
        // Those of the application are for the compiler to judge.
        FieldType::Custom(_) => None,
        FieldType::Enum(name) => {
            let own = field.enumeration.is_some();
            (wanted == Trait::Default && (own || !field.optional)).then(|| name.as_str().to_owned())
        }
        // `None` is the default of any `Option`.
        FieldType::Plain(_) if wanted == Trait::Default && field.optional => None,
        FieldType::Plain(plain) => (!wanted.is_of(*plain)).then(|| plain.name().to_owned()),
    }
}

fn place(field: &Field<'_>, source: &Source<'_>) -> Span {
    match (field.origin, source) {
        (Origin::Table(_, column) | Origin::View(Some((_, column))), _) => column.span,
        (Origin::View(None), Source::View(view)) => view.span,
        (Origin::View(None), Source::Table(table)) => table.provenance.created,
    }
}

impl Trait {
    /// The trait of a derive macro, by its path.
    fn of(path: &str) -> Option<Trait> {
        let path = path.trim_start_matches("::");
        let (root, name) = path.rsplit_once("::").unwrap_or(("", path));
        match (root.split("::").next().unwrap_or_default(), name) {
            ("" | "core" | "std", "Copy") => Some(Trait::Copy),
            ("" | "core" | "std", "Default") => Some(Trait::Default),
            ("" | "core" | "std", "Eq" | "Ord" | "Hash") => Some(Trait::Total),
            ("" | "core" | "std", "PartialOrd") => Some(Trait::PartialOrd),
            ("serde", "Serialize" | "Deserialize") => Some(Trait::Serde),
            _ => None,
        }
    }

    fn is_of(self, plain: Plain) -> bool {
        match plain {
            Plain::Integer | Plain::Boolean | Plain::Small => true,
            Plain::Real | Plain::Single => self != Trait::Total,
            Plain::Text | Plain::Bytes => self != Trait::Copy,
            Plain::Value => false,
        }
    }
}

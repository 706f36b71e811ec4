//! Storage parameters: judged, and as the catalog keeps them.

use super::Replay;
use crate::errors::postgres::{settings as setting_errors, tables as errors};
use crate::postgres::ast::{Constant, Parameter, ParameterValue, TypeNameKind};
use crate::postgres::builtin::parameters::{
    ParameterOf, storage_parameter, storage_parameter_names,
};
use crate::postgres::catalog::{Relation, RelationKind, RelationOption};
use crate::postgres::types::{Oid, OperatorClass};
use std::sync::Arc;

/// `gist`
const GIST: Oid = Oid(783);
/// `brin`
const BRIN: Oid = Oid(3580);

/// What storage parameters are given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OptionsOf {
    /// A table that is to be made, where `oids = false` says nothing.
    NewTable,
    /// A table, or materialized view.
    Table,
    /// A partitioned table, which has none.
    Partitioned,
    /// A view.
    View,
    /// A column.
    Column,
    /// An index, by its access method.
    Index(Oid),
}

impl OptionsOf {
    /// Those of a relation that is there.
    pub(crate) fn relation(relation: &Relation) -> OptionsOf {
        match &relation.kind {
            RelationKind::Index(index) | RelationKind::PartitionedIndex(index) => {
                OptionsOf::Index(index.method)
            }
            RelationKind::Partitioned(_) => OptionsOf::Partitioned,
            RelationKind::View(_) => OptionsOf::View,
            RelationKind::Table
            | RelationKind::Foreign(_)
            | RelationKind::MaterializedView(_)
            | RelationKind::Sequence(_)
            | RelationKind::Composite => OptionsOf::Table,
        }
    }

    fn is_table(self) -> bool {
        matches!(
            self,
            OptionsOf::NewTable | OptionsOf::Table | OptionsOf::Partitioned
        )
    }
}

/// What is known of the parameters of something.
enum Known {
    /// All.
    All(ParameterOf),
    /// That there are none.
    None,
    /// Nothing: an extension's access method has its own.
    Unknown,
}

impl Replay {
    /// The sound ones of some storage parameters; the others are reported.
    pub(crate) fn storage_options(
        &mut self,
        parameters: &[Parameter],
        of: OptionsOf,
    ) -> Vec<RelationOption> {
        let mut options: Vec<RelationOption> = Vec::new();
        for parameter in parameters {
            let name = name_of(parameter);
            let value = parameter.value.as_ref();
            let value = value.map_or_else(|| "true".to_owned(), text_of_value);
            if of == OptionsOf::NewTable && *name == *"oids" {
                if !matches!(value.as_str(), "false" | "off" | "no" | "0") {
                    self.report(errors::with_oids(parameter.span));
                }
                continue;
            }
            if options.iter().any(|option| option.name == name) {
                self.report(errors::parameter_twice(&name, parameter.span));
                continue;
            }
            if self.is_sound_option(parameter, &value, of) {
                options.push(RelationOption {
                    name,
                    value: value.into(),
                });
            }
        }
        options
    }

    fn is_sound_option(&mut self, parameter: &Parameter, value: &str, of: OptionsOf) -> bool {
        let known = match &parameter.namespace {
            Some(namespace) if of.is_table() && *namespace.name == *"toast" => {
                Known::All(ParameterOf::Toast)
            }
            Some(namespace) => {
                self.report(errors::unknown_parameter_of(
                    &namespace.name,
                    namespace.span,
                ));
                return false;
            }
            None => known_of(of),
        };
        let of = match known {
            Known::All(of) => Some(of),
            Known::None => None,
            Known::Unknown => return true,
        };
        self.check_option(parameter, value, of)
    }

    /// Whether something has a parameter, and it takes the value; reports if not.
    fn check_option(
        &mut self,
        parameter: &Parameter,
        value: &str,
        of: Option<ParameterOf>,
    ) -> bool {
        let version = self.catalog.version;
        let name = &*parameter.name.name;
        let span = parameter.span;
        let Some(known) = of.and_then(|of| storage_parameter(name, of, version)) else {
            let names = of.into_iter();
            let names = names.flat_map(|of| storage_parameter_names(of, version));
            self.report(errors::unknown_parameter(name, span, names));
            return false;
        };
        if let Err(mistake) = known.kind.check(value) {
            self.report(setting_errors::invalid(known.name, value, &mistake, span));
            return false;
        }
        true
    }

    /// The names of the parameters that RESET takes away.
    pub(crate) fn reset_options(&mut self, parameters: &[Parameter]) -> Vec<Arc<str>> {
        if let Some(parameter) = parameters.iter().find(|it| it.value.is_some()) {
            self.report(errors::reset_with_value(parameter.span));
        }
        parameters.iter().map(name_of).collect()
    }

    /// The parameters of an operator class, which only few have.
    pub(crate) fn class_options(
        &mut self,
        parameters: &[Parameter],
        class: Oid,
    ) -> Vec<(Arc<str>, Arc<str>)> {
        use crate::postgres::types::Objects as _;
        let Some(first) = parameters.first() else {
            return Vec::new();
        };
        let found = self.catalog.operator_class(class);
        let Some(class) = found.cloned() else {
            return Vec::new();
        };
        match parameters_of_class(&class) {
            Some(of) => {
                let mut named: Vec<Arc<str>> = Vec::new();
                for parameter in parameters {
                    let name = name_of(parameter);
                    if named.contains(&name) {
                        self.report(errors::parameter_twice(&name, parameter.span));
                    }
                    named.push(name);
                    let value = parameter.value.as_ref();
                    let value = value.map_or_else(|| "true".to_owned(), text_of_value);
                    self.check_option(parameter, &value, Some(of));
                }
            }
            None if class.oid.is_builtin() => {
                self.report(errors::class_without_parameters(&class.name, first.span));
            }
            None => {}
        }
        let options = parameters.iter().map(|parameter| {
            let value = parameter.value.as_ref();
            let value = value.map_or_else(|| "true".to_owned(), text_of_value);
            (name_of(parameter), value.into())
        });
        options.collect()
    }
}

/// Of which parameters an operator class is that has some: of the engine's own, or of one of its extensions.
fn parameters_of_class(class: &OperatorClass) -> Option<ParameterOf> {
    match (&*class.name, class.method) {
        (
            "tsvector_ops" | "gist_trgm_ops" | "gist_hstore_ops" | "gist_ltree_ops"
            | "gist__ltree_ops" | "gist__intbig_ops",
            GIST,
        ) => Some(ParameterOf::Signature),
        ("gist__int_ops", GIST) => Some(ParameterOf::IntegerRanges),
        (name, BRIN) if name.ends_with("_bloom_ops") => Some(ParameterOf::Bloom),
        (name, BRIN) if name.ends_with("_minmax_multi_ops") => Some(ParameterOf::Ranges),
        _ => None,
    }
}

/// The name of a parameter with what stands before it.
fn name_of(parameter: &Parameter) -> Arc<str> {
    match &parameter.namespace {
        Some(namespace) => format!("{}.{}", namespace.name, parameter.name.name).into(),
        None => Arc::clone(&parameter.name.name),
    }
}

fn known_of(of: OptionsOf) -> Known {
    match of {
        OptionsOf::NewTable | OptionsOf::Table => Known::All(ParameterOf::Table),
        OptionsOf::Partitioned => Known::None,
        OptionsOf::View => Known::All(ParameterOf::View),
        OptionsOf::Column => Known::All(ParameterOf::Column),
        OptionsOf::Index(method) => match method.0 {
            403 => Known::All(ParameterOf::Btree),
            405 => Known::All(ParameterOf::Hash),
            783 => Known::All(ParameterOf::Gist),
            2742 => Known::All(ParameterOf::Gin),
            4000 => Known::All(ParameterOf::Spgist),
            3580 => Known::All(ParameterOf::Brin),
            _ => Known::Unknown,
        },
    }
}

/// The value of an option as a text.
pub(crate) fn text_of_value(value: &ParameterValue) -> String {
    match value {
        ParameterValue::Type(name) => match &name.kind {
            TypeNameKind::Named { name, .. } => super::find::text_of(name),
            TypeNameKind::System { name, .. } => (*name).to_owned(),
            TypeNameKind::Interval { .. } => "interval".to_owned(),
            TypeNameKind::OfColumn(parts) => {
                let parts: Vec<&str> = parts.iter().map(|it| &*it.name).collect();
                parts.join(".")
            }
        },
        ParameterValue::Keyword(word) => word.name.to_string(),
        ParameterValue::Operator(operator) => operator.name.to_string(),
        ParameterValue::Constant(constant, _) => match constant {
            Constant::Null => "null".to_owned(),
            Constant::Boolean(value) => value.to_string(),
            Constant::Integer(value) => value.to_string(),
            Constant::Number(text) | Constant::String(text) | Constant::Bits(text) => {
                text.to_string()
            }
        },
    }
}

//! The expected schema of PostgreSQL, in the forms in which the runtime reads that of a live database.

use std::borrow::Cow;
use std::sync::Arc;
use tablature_model::postgres::{
    Column, Composite, Constraint, Domain, Enum, Extension, Generated, Index, Namespace,
    OwnerColumn, Policy, QualifiedName, Range, Routine, Rule, Schema, Sequence, Table, Trigger,
    View, ViewColumn,
};
use tablature_model::schema::Place;
use tablature_schema::catalog::Provenance;
use tablature_schema::postgres::catalog::{
    self, Catalog, ConstraintKind, Dependency, Enabled, Persistence, PolicyCommand, Relation,
    RelationKind, RoutineBody, RuleEvent, TypeDetails,
};
use tablature_schema::postgres::print;
use tablature_schema::postgres::types::{
    FunctionKind, Objects, Oid, TypeKind, Typing, ValueType, Volatility,
};
use tablature_schema::text::Sources;

type Text = Cow<'static, str>;

/// Makes the schema of a catalog; `sources` are the files that it came from.
#[must_use]
pub fn schema(catalog: &Catalog, sources: &Sources) -> Schema {
    // Texts are those that the engine prints while `search_path` is empty.
    let mut catalog = catalog.clone();
    catalog.set_search_path(Arc::from([]));
    Embedding {
        catalog: &catalog,
        sources,
    }
    .schema()
}

struct Embedding<'a> {
    catalog: &'a Catalog,
    sources: &'a Sources,
}

impl Embedding<'_> {
    fn schema(&self) -> Schema {
        let catalog = self.catalog;
        let namespaces = catalog.namespaces.iter();
        let extensions = catalog.extensions.iter();
        let types = || {
            let made = catalog.types.iter();
            made.filter(|it| it.provenance.is_some() && self.is_lasting(it.object.namespace))
        };
        let relations = || {
            let made = catalog.relations.iter().map(AsRef::as_ref);
            made.filter(|it: &&Relation| {
                it.provenance.is_some() && it.persistence != Persistence::Temporary
            })
        };
        Schema {
            schemas: namespaces
                .filter(|it| self.is_lasting(it.oid))
                .map(|it| Namespace {
                    name: text(&it.name),
                    place: self.place(it.provenance.as_ref()),
                })
                .collect(),
            extensions: extensions
                .filter(|it| &*it.name != "plpgsql")
                .map(|it| Extension {
                    name: text(&it.name),
                    place: self.place(it.provenance.as_ref()),
                })
                .collect(),
            enums: types().filter_map(|it| self.enumeration(it)).collect(),
            domains: types().filter_map(|it| self.domain(it)).collect(),
            composites: types().filter_map(|it| self.composite(it)).collect(),
            ranges: types().filter_map(|it| self.range(it)).collect(),
            sequences: relations().filter_map(|it| self.sequence(it)).collect(),
            tables: relations().filter_map(|it| self.table(it)).collect(),
            views: relations().filter_map(|it| self.view(it)).collect(),
            indexes: relations().filter_map(|it| self.index(it)).collect(),
            routines: catalog
                .routines
                .iter()
                .filter(|it| it.provenance.is_some() && self.is_lasting(it.object.namespace))
                .map(|it| self.routine(it))
                .collect(),
            triggers: catalog
                .triggers
                .iter()
                .filter(|it| it.parent.is_none())
                .filter_map(|it| self.trigger(it))
                .collect(),
            policies: catalog
                .policies
                .iter()
                .filter_map(|it| self.policy(it))
                .collect(),
            rules: catalog
                .rules
                .iter()
                .filter_map(|it| self.rule(it))
                .collect(),
        }
    }

    /// Whether a schema is neither the engine's nor that of temporary objects.
    fn is_lasting(&self, namespace: Oid) -> bool {
        let name = self.catalog.namespace_name(namespace);
        name.is_some_and(|name| !name.starts_with("pg_") && name != "information_schema")
    }

    fn place(&self, provenance: Option<&Provenance>) -> Option<Place> {
        Some(super::place(provenance?.created, self.sources))
    }

    fn qualified(&self, namespace: Oid, name: &str) -> QualifiedName {
        let schema = self.catalog.namespace_name(namespace).unwrap_or_default();
        QualifiedName {
            schema: text(schema),
            name: text(name),
        }
    }

    fn relation_name(&self, oid: Oid) -> Option<QualifiedName> {
        let relation = self.catalog.relation(oid)?;
        Some(self.qualified(relation.namespace, &relation.name))
    }

    fn typed(&self, typed: ValueType) -> Text {
        Typing::new(self.catalog)
            .format(typed.oid, typed.typmod)
            .into()
    }

    fn type_name(&self, oid: Oid) -> Text {
        Typing::new(self.catalog).name(oid).into()
    }

    fn expression(
        &self,
        expression: &tablature_schema::postgres::tree::Expr,
        of: Option<Oid>,
    ) -> Text {
        print::expression(self.catalog, expression, of).into()
    }

    /// The collation of a value, if it is another one than its type has.
    fn collation(&self, typed: ValueType) -> Option<QualifiedName> {
        let own = self.catalog.type_of(typed.oid)?.collation;
        let oid = typed.collation.filter(|it| Some(*it) != own)?;
        let found = Objects::collation(self.catalog, oid)?;
        Some(self.qualified(found.namespace, &found.name))
    }

    fn enumeration(&self, made: &catalog::Type) -> Option<Enum> {
        let TypeDetails::Enum(labels) = &made.more else {
            return None;
        };
        Some(Enum {
            name: self.qualified(made.object.namespace, &made.object.name),
            labels: labels.iter().map(|label| text(&label.label)).collect(),
            place: self.place(made.provenance.as_ref()),
        })
    }

    fn domain(&self, made: &catalog::Type) -> Option<Domain> {
        let (TypeDetails::Domain(details), TypeKind::Domain { base }) =
            (&made.more, made.object.kind)
        else {
            return None;
        };
        let own = ValueType {
            collation: made.object.collation,
            ..base
        };
        let default = details.default.as_ref();
        Some(Domain {
            name: self.qualified(made.object.namespace, &made.object.name),
            base: self.typed(base),
            not_null: details.not_null,
            default: default.map(|it| self.expression(it, None)),
            collation: self.collation(own),
            constraints: self.constraints(made.object.oid),
            place: self.place(made.provenance.as_ref()),
        })
    }

    fn composite(&self, made: &catalog::Type) -> Option<Composite> {
        let TypeKind::Composite { relation } = made.object.kind else {
            return None;
        };
        let relation = self.catalog.relation(relation)?;
        if !matches!(relation.kind, RelationKind::Composite) {
            return None;
        }
        Some(Composite {
            name: self.qualified(made.object.namespace, &made.object.name),
            attributes: self.columns(relation),
            place: self.place(made.provenance.as_ref()),
        })
    }

    fn range(&self, made: &catalog::Type) -> Option<Range> {
        let TypeKind::Range { subtype, .. } = made.object.kind else {
            return None;
        };
        Some(Range {
            name: self.qualified(made.object.namespace, &made.object.name),
            subtype: self.type_name(subtype),
            place: self.place(made.provenance.as_ref()),
        })
    }

    fn sequence(&self, relation: &Relation) -> Option<Sequence> {
        let sequence = relation.sequence()?;
        let owner = self.catalog.owner_of_sequence(relation.oid);
        let owner = match owner {
            // That of an identity column is a part of the column.
            Some((_, _, Dependency::Internal)) => return None,
            Some((table, column, _)) => Some((table, column)),
            None => None,
        };
        Some(Sequence {
            name: self.qualified(relation.namespace, &relation.name),
            data_type: self.type_name(sequence.type_oid),
            start: sequence.start.to_string().into(),
            increment: sequence.increment.to_string().into(),
            minimum: sequence.minimum.to_string().into(),
            maximum: sequence.maximum.to_string().into(),
            cycle: sequence.cycle,
            owner: owner.and_then(|(table, column)| {
                let column = self.catalog.relation(table)?.column_at(column)?;
                Some(OwnerColumn {
                    table: self.relation_name(table)?,
                    column: text(&column.name),
                })
            }),
            place: self.place(relation.provenance.as_ref()),
        })
    }

    fn table(&self, relation: &Relation) -> Option<Table> {
        let kind = match &relation.kind {
            RelationKind::Table => "r",
            RelationKind::Partitioned(_) => "p",
            RelationKind::Foreign(_) => "f",
            RelationKind::View(_)
            | RelationKind::MaterializedView(_)
            | RelationKind::Sequence(_)
            | RelationKind::Index(_)
            | RelationKind::PartitionedIndex(_)
            | RelationKind::Composite => return None,
        };
        let key = relation.partition_key();
        let bound = relation.bound.as_ref();
        Some(Table {
            name: self.qualified(relation.namespace, &relation.name),
            kind: kind.into(),
            unlogged: relation.persistence == Persistence::Unlogged,
            partition_key: key
                .map(|key| print::partition_key_definition(self.catalog, relation.oid, key).into()),
            partition_bound: bound.map(|bound| print::partition_bound(self.catalog, bound).into()),
            parents: relation
                .parents
                .iter()
                .filter_map(|parent| self.relation_name(*parent))
                .collect(),
            columns: self.columns(relation),
            constraints: self.constraints(relation.oid),
            row_security: relation.row_security.enabled,
            force_row_security: relation.row_security.forced,
            place: self.place(relation.provenance.as_ref()),
        })
    }

    fn columns(&self, relation: &Relation) -> Cow<'static, [Column]> {
        let columns = relation.live_columns();
        columns
            .map(|column| {
                let expression = column
                    .default
                    .as_ref()
                    .map(|it| self.expression(it, Some(relation.oid)));
                let (default, generated) = match column.generated {
                    Some(kind) => (
                        None,
                        Some(Generated {
                            kind: match kind {
                                catalog::Generated::Stored => "s",
                                catalog::Generated::Virtual => "v",
                            }
                            .into(),
                            expression: expression.unwrap_or_default(),
                        }),
                    ),
                    None => (expression, None),
                };
                Column {
                    name: text(&column.name),
                    data_type: self.typed(column.typed),
                    not_null: column.not_null,
                    default,
                    identity: match column.identity {
                        Some(catalog::Identity::Always) => "a",
                        Some(catalog::Identity::ByDefault) => "d",
                        None => "",
                    }
                    .into(),
                    generated,
                    collation: self.collation(column.typed),
                    place: self.place(column.provenance.as_ref()),
                }
            })
            .collect()
    }

    /// The constraints of a table or domain. NOT NULL is said of columns.
    fn constraints(&self, of: Oid) -> Cow<'static, [Constraint]> {
        let constraints = self.catalog.constraints.inside(Some(of));
        constraints
            .filter(|it| it.parent.is_none())
            .filter(|it| match it.kind {
                ConstraintKind::NotNull { .. } | ConstraintKind::Trigger => false,
                ConstraintKind::Check { .. }
                | ConstraintKind::PrimaryKey(_)
                | ConstraintKind::Unique(_)
                | ConstraintKind::Exclude { .. }
                | ConstraintKind::ForeignKey(_) => true,
            })
            .map(|it| Constraint {
                name: text(&it.name),
                definition: print::constraint_definition(self.catalog, it)
                    .unwrap_or_default()
                    .into(),
            })
            .collect()
    }

    fn view(&self, relation: &Relation) -> Option<View> {
        let materialized = match relation.kind {
            RelationKind::View(_) => false,
            RelationKind::MaterializedView(_) => true,
            RelationKind::Table
            | RelationKind::Partitioned(_)
            | RelationKind::Foreign(_)
            | RelationKind::Sequence(_)
            | RelationKind::Index(_)
            | RelationKind::PartitionedIndex(_)
            | RelationKind::Composite => return None,
        };
        let columns = relation.live_columns();
        let mut options: Vec<Text> = relation
            .options
            .iter()
            .filter(|option| {
                matches!(
                    &*option.name,
                    "check_option" | "security_barrier" | "security_invoker"
                )
            })
            .map(|option| format!("{}={}", option.name, option.value).into())
            .collect();
        options.sort();
        Some(View {
            name: self.qualified(relation.namespace, &relation.name),
            materialized,
            columns: columns
                .map(|column| ViewColumn {
                    name: text(&column.name),
                    data_type: self.typed(column.typed),
                })
                .collect(),
            options: options.into(),
            place: self.place(relation.provenance.as_ref()),
        })
    }

    /// An index that no constraint keeps, and that is not there by its table's parent.
    fn index(&self, relation: &Relation) -> Option<Index> {
        let index = relation.index()?;
        if index.constraint.is_some() || relation.is_partition() {
            return None;
        }
        let table = self.catalog.relation(index.table)?;
        Some(Index {
            name: self.qualified(relation.namespace, &relation.name),
            table: text(&table.name),
            definition: print::index_definition(self.catalog, relation.oid)?.into(),
            valid: index.valid,
            place: self.place(relation.provenance.as_ref()),
        })
    }

    fn routine(&self, made: &catalog::Routine) -> Routine {
        let function = &made.object;
        let made_language = self.catalog.languages.get(function.language);
        let mut of_system = self.catalog.builtin().languages().iter();
        let language = made_language
            .map(|it| &it.object)
            .or_else(|| of_system.find(|it| it.oid == function.language));
        let language = language.map(|it| text(&it.name)).unwrap_or_default();
        let kind = match function.kind {
            FunctionKind::Function => "f",
            FunctionKind::Procedure => "p",
            FunctionKind::Aggregate(_) => "a",
            FunctionKind::Window => "w",
        };
        let body = made.more.body.as_deref().and_then(|body| match body {
            RoutineBody::Text(body) => Some(body.text.replace("\r\n", "\n").into()),
            RoutineBody::Parsed(_) => None,
        });
        let settings = made.more.settings.iter();
        let mut settings: Vec<Text> = settings
            .map(|(name, value)| format!("{name}={value}").into())
            .collect();
        settings.sort();
        Routine {
            name: self.qualified(function.namespace, &function.name),
            arguments: print::identity_arguments(self.catalog, function).into(),
            kind: kind.into(),
            result: print::routine_result(self.catalog, function).map(Into::into),
            body: body.filter(|_| kind != "a" && language != "c" && language != "internal"),
            language,
            volatility: match function.volatility {
                Volatility::Immutable => "i",
                Volatility::Stable => "s",
                Volatility::Volatile => "v",
            }
            .into(),
            strict: function.strict,
            security_definer: made.more.security_definer,
            settings: settings.into(),
            place: self.place(made.provenance.as_ref()),
        }
    }

    fn trigger(&self, trigger: &catalog::Trigger) -> Option<Trigger> {
        Some(Trigger {
            name: text(&trigger.name),
            table: self.relation_name(trigger.table)?,
            definition: print::trigger_definition(self.catalog, trigger)?.into(),
            enabled: match trigger.enabled {
                Enabled::Origin => "O",
                Enabled::Always => "A",
                Enabled::Replica => "R",
                Enabled::Disabled => "D",
            }
            .into(),
            place: self.place(trigger.provenance.as_ref()),
        })
    }

    fn policy(&self, policy: &catalog::Policy) -> Option<Policy> {
        let mut roles: Vec<Text> = policy
            .roles
            .iter()
            .map(|role| match role {
                Some(role) => self
                    .catalog
                    .roles
                    .get(*role)
                    .map(|role| text(&role.name))
                    .unwrap_or_default(),
                None => "public".into(),
            })
            .collect();
        roles.sort();
        let expression = |it: &Arc<_>| self.expression(it, Some(policy.table));
        Some(Policy {
            name: text(&policy.name),
            table: self.relation_name(policy.table)?,
            permissive: policy.permissive,
            command: match policy.command {
                PolicyCommand::All => "*",
                PolicyCommand::Select => "r",
                PolicyCommand::Insert => "a",
                PolicyCommand::Update => "w",
                PolicyCommand::Delete => "d",
            }
            .into(),
            roles: roles.into(),
            using: policy.using.as_ref().map(expression),
            check: policy.check.as_ref().map(expression),
            place: self.place(policy.provenance.as_ref()),
        })
    }

    fn rule(&self, rule: &catalog::Rule) -> Option<Rule> {
        Some(Rule {
            name: text(&rule.name),
            table: self.relation_name(rule.table)?,
            event: match rule.event {
                RuleEvent::Select => "1",
                RuleEvent::Update => "2",
                RuleEvent::Insert => "3",
                RuleEvent::Delete => "4",
            }
            .into(),
            place: self.place(rule.provenance.as_ref()),
        })
    }
}

fn text(text: &str) -> Text {
    Cow::Owned(text.to_owned())
}

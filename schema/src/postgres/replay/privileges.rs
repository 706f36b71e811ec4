//! GRANT and REVOKE, and which privileges objects of which kinds have.

use super::Replay;
use crate::errors::postgres::privileges as errors;
use crate::postgres::ast::{
    AllWord, AlterDefaultPrivileges, GlobalWord, Grant, GrantTarget, Ident, ObjectReference,
    Privilege as Written, QualifiedName, RoleName, RoleNameKind,
};
use crate::postgres::builtin::settings;
use crate::postgres::catalog::{self, Address, Class, Privilege, RelationKind};
use crate::postgres::types::{Oid, TypeKind};
use crate::text::Span;

/// Of what kind an object is, as far as privileges differ (`ObjectType` of `aclchk.c`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Tables and views. Until it is looked for, the object may be a sequence as well.
    Table,
    Column,
    Sequence,
    Database,
    Routine,
    Language,
    LargeObject,
    Schema,
    Tablespace,
    Wrapper,
    Server,
    Type,
    Parameter,
}

impl Kind {
    fn noun(self) -> &'static str {
        match self {
            Kind::Table => "table",
            Kind::Column => "column",
            Kind::Sequence => "sequence",
            Kind::Database => "database",
            Kind::Routine => "function",
            Kind::Language => "language",
            Kind::LargeObject => "large object",
            Kind::Schema => "schema",
            Kind::Tablespace => "tablespace",
            Kind::Wrapper => "foreign-data wrapper",
            Kind::Server => "foreign server",
            Kind::Type => "type",
            Kind::Parameter => "parameter",
        }
    }

    /// The privileges that an object of the kind has.
    fn privileges(self) -> &'static [Privilege] {
        use Privilege as P;
        match self {
            Kind::Table => &[
                P::Select,
                P::Insert,
                P::Update,
                P::Delete,
                P::Truncate,
                P::References,
                P::Trigger,
                P::Maintain,
            ],
            Kind::Column => &[P::Select, P::Insert, P::Update, P::References],
            Kind::Sequence => &[P::Select, P::Update, P::Usage],
            Kind::Database => &[P::Create, P::Connect, P::Temporary],
            Kind::Routine => &[P::Execute],
            Kind::LargeObject => &[P::Select, P::Update],
            Kind::Schema => &[P::Create, P::Usage],
            Kind::Tablespace => &[P::Create],
            Kind::Language | Kind::Wrapper | Kind::Server | Kind::Type => &[P::Usage],
            Kind::Parameter => &[P::Set, P::AlterSystem],
        }
    }
}

/// A privilege by its word; those of newer versions are not known to older ones.
fn privilege_named(name: &str, version: u16) -> Option<Privilege> {
    Some(match name {
        "select" => Privilege::Select,
        "insert" => Privilege::Insert,
        "update" => Privilege::Update,
        "delete" => Privilege::Delete,
        "truncate" => Privilege::Truncate,
        "references" => Privilege::References,
        "trigger" => Privilege::Trigger,
        "usage" => Privilege::Usage,
        "create" => Privilege::Create,
        "connect" => Privilege::Connect,
        "temporary" | "temp" => Privilege::Temporary,
        "execute" => Privilege::Execute,
        "set" if version >= 15 => Privilege::Set,
        "alter system" if version >= 15 => Privilege::AlterSystem,
        "maintain" if version >= 17 => Privilege::Maintain,
        _ => return None,
    })
}

impl Replay {
    pub(super) fn grant(&mut self, grant: &Grant) {
        let grantees = self.grantees(&grant.grantees, grant.grant_option, grant.grant);
        if let Some(grantor) = &grant.grantor {
            self.check_grantor(grantor);
        }
        let (kind, objects) = self.grant_target(&grant.target);
        let privileges = self.grant_privileges(&grant.privileges, kind, &objects);
        for (privilege, columns) in privileges {
            for object in &objects {
                let parts = match columns.is_empty() {
                    true => vec![*object],
                    false => self.granted_columns(*object, &columns),
                };
                for on in parts {
                    for grantee in &grantees {
                        self.note_grant(grant.grant, on, *grantee, privilege, grant.grant_option);
                    }
                }
            }
        }
        if !grant.all_columns.is_empty() {
            for object in &objects {
                self.granted_columns(*object, &grant.all_columns);
            }
        }
    }

    fn note_grant(
        &mut self,
        grant: bool,
        on: Address,
        grantee: Option<Oid>,
        privilege: Privilege,
        option: Option<Span>,
    ) {
        let entry = catalog::Grant {
            on,
            grantee,
            privilege,
        };
        let before = self.catalog.grants.get(&entry).copied();
        match (grant, option) {
            (true, option) => {
                let with_option = option.is_some() || before.unwrap_or(false);
                self.catalog.grants.insert(entry, with_option);
            }
            (false, Some(_)) if before.is_some() => {
                self.catalog.grants.insert(entry, false);
            }
            (false, Some(_)) => {}
            (false, None) => drop(self.catalog.grants.remove(&entry)),
        }
    }

    /// To or from whom; unknown roles are reported.
    fn grantees(
        &mut self,
        roles: &[RoleName],
        option: Option<Span>,
        grant: bool,
    ) -> Vec<Option<Oid>> {
        let mut grantees = Vec::new();
        for role in roles {
            if let Some(grantee) = self.grantee(role) {
                if let (None, true, Some(option)) = (grantee, grant, option) {
                    self.report(errors::option_to_public(option));
                }
                grantees.push(grantee);
            }
        }
        grantees
    }

    /// GRANTED BY takes the current role only.
    fn check_grantor(&mut self, grantor: &RoleName) {
        if let (Some(role), RoleNameKind::Named(_)) = (self.role(grantor), &grantor.kind)
            && role != catalog::Catalog::OWNER
        {
            self.report(errors::other_grantor(grantor.span));
        }
    }

    fn granted_columns(&mut self, object: Address, columns: &[Ident]) -> Vec<Address> {
        let Some(relation) = self.relation_of(object.oid) else {
            return Vec::new();
        };
        let numbers = columns.iter().filter_map(|column| {
            let system = super::find::column_number(&relation, &column.name);
            let number = system.or_else(|| self.column_named(&relation, column));
            number.map(|number| Address::column(relation.oid, number))
        });
        numbers.collect()
    }

    /// The privileges that are named, each with its columns; of ALL nothing is noted object by object.
    fn grant_privileges(
        &mut self,
        written: &[Written],
        kind: Kind,
        objects: &[Address],
    ) -> Vec<(Privilege, Vec<Ident>)> {
        if written.is_empty() {
            let all = kind.privileges().iter().copied();
            let all = all.filter(|it| *it != Privilege::Maintain || self.catalog.version >= 17);
            return all.map(|it| (it, Vec::new())).collect();
        }
        let is_sequence = |object: &Address| {
            let relation = self.catalog.relation(object.oid);
            relation.is_some_and(|it| matches!(it.kind, RelationKind::Sequence(_)))
        };
        // A sequence can be named as a table; then the privileges of both can be granted.
        let all_sequences =
            kind == Kind::Table && !objects.is_empty() && objects.iter().all(is_sequence);
        let mut found = Vec::new();
        for one in written {
            let version = self.catalog.version;
            let Some(privilege) = privilege_named(&one.name.name, version) else {
                self.report(errors::unknown_privilege(&one.name));
                continue;
            };
            let of = match (one.columns.is_empty(), kind) {
                (true, kind) => kind,
                (false, Kind::Table) => Kind::Column,
                (false, kind) => {
                    self.report(errors::columns_of_no_table(one.name.span, kind.noun()));
                    continue;
                }
            };
            let fits = of.privileges().contains(&privilege)
                || (all_sequences && Kind::Sequence.privileges().contains(&privilege));
            if !fits {
                let diagnostic = errors::wrong_privilege(&one.name, of.noun());
                self.report(diagnostic);
                continue;
            }
            found.push((privilege, one.columns.clone()));
        }
        found
    }

    /// What kind of objects privileges are granted on, and those of them that are there.
    fn grant_target(&mut self, target: &GrantTarget) -> (Kind, Vec<Address>) {
        match target {
            GrantTarget::Tables(names) => (Kind::Table, self.grant_relations(names, false)),
            GrantTarget::Sequences(names) => (Kind::Sequence, self.grant_relations(names, true)),
            GrantTarget::Global(word, names) => self.grant_global(*word, names),
            GrantTarget::Domains(names) => (Kind::Type, self.grant_types(names, true)),
            GrantTarget::Types(names) => (Kind::Type, self.grant_types(names, false)),
            GrantTarget::Routines(routines) => {
                let routines = routines
                    .iter()
                    .filter_map(|routine| self.object(&ObjectReference::Routine(routine.clone())));
                (Kind::Routine, routines.collect())
            }
            GrantTarget::LargeObjects(span) => {
                self.report(errors::large_objects(*span));
                (Kind::LargeObject, Vec::new())
            }
            GrantTarget::Parameters(names) => {
                for name in names {
                    self.check_parameter_name(name);
                }
                (Kind::Parameter, Vec::new())
            }
            GrantTarget::AllInSchema(word, schemas) => {
                for schema in schemas {
                    self.schema_named(schema);
                }
                (kind_of_all(*word), Vec::new())
            }
        }
    }

    fn check_parameter_name(&mut self, name: &QualifiedName) {
        let version = u32::from(self.catalog.version);
        let is_known = settings::setting(&name.name.name, version).is_some();
        if name.schema.is_none() && !is_known {
            let names = settings::setting_names(version);
            let diagnostic = errors::unknown_parameter(&name.name, names);
            self.report(diagnostic);
        }
    }

    fn grant_relations(&mut self, names: &[QualifiedName], sequences: bool) -> Vec<Address> {
        let mut found = Vec::new();
        for name in names {
            let Some(oid) = self.relation_or_mistake(name) else {
                continue;
            };
            let Some(relation) = self.relation_of(oid) else {
                continue;
            };
            let fits = match relation.kind {
                RelationKind::Index(_)
                | RelationKind::PartitionedIndex(_)
                | RelationKind::Composite => false,
                RelationKind::Sequence(_) => true,
                _ => !sequences,
            };
            if !fits {
                let wanted = if sequences { "sequence" } else { "table" };
                let diagnostic = crate::errors::postgres::objects::wrong_kind(
                    &relation.name,
                    relation.kind.noun(),
                    wanted,
                    name.span,
                    self.declared(Address::relation(oid)),
                );
                self.report(diagnostic);
                continue;
            }
            found.push(Address::relation(oid));
        }
        found
    }

    fn grant_global(&mut self, word: GlobalWord, names: &[Ident]) -> (Kind, Vec<Address>) {
        let kind = match word {
            GlobalWord::Database => Kind::Database,
            GlobalWord::Tablespace => Kind::Tablespace,
            GlobalWord::Language => Kind::Language,
            GlobalWord::ForeignDataWrapper => Kind::Wrapper,
            GlobalWord::Server => Kind::Server,
            _ => Kind::Schema,
        };
        let mut found = Vec::new();
        for name in names {
            if kind == Kind::Database {
                continue;
            }
            let search = self.search_global(word, name);
            let Some(address) = self.settle(search) else {
                continue;
            };
            // What is granted on the server's own is not the schema's.
            if kind == Kind::Tablespace {
                continue;
            }
            if kind == Kind::Language && !self.is_trusted(address.oid) {
                self.report(errors::untrusted_language(name));
                continue;
            }
            found.push(address);
        }
        (kind, found)
    }

    fn is_trusted(&self, language: Oid) -> bool {
        let made = self.catalog.languages.get(language);
        let mut builtin = self.catalog.builtin().languages().iter();
        match made {
            Some(made) => made.object.trusted,
            None => builtin.any(|it| it.oid == language && it.trusted),
        }
    }

    fn grant_types(&mut self, names: &[QualifiedName], domains: bool) -> Vec<Address> {
        let mut found = Vec::new();
        for name in names {
            let Some(typed) = self.altered_type(name) else {
                continue;
            };
            let address = Address::new(Class::Type, typed.oid);
            if typed.is_array {
                self.report(errors::array_type(name.span));
            } else if domains && !matches!(typed.kind, TypeKind::Domain { .. }) {
                let text = super::find::text_of(name);
                let declared = self.declared(address);
                let diagnostic =
                    crate::errors::postgres::types::not_a("domain", &text, name.span, declared);
                self.report(diagnostic);
            } else {
                found.push(address);
            }
        }
        found
    }

    pub(super) fn alter_default_privileges(&mut self, alter: &AlterDefaultPrivileges) {
        for role in &alter.roles {
            self.role(role);
        }
        for schema in &alter.schemas {
            self.schema_named(schema);
        }
        self.grantees(&alter.grantees, alter.grant_option, alter.grant);
        let (word, span) = alter.on;
        if word == AllWord::Schemas && !alter.schemas.is_empty() {
            self.report(errors::schemas_in_schema(span));
        }
        self.grant_privileges(&alter.privileges, kind_of_all(word), &[]);
    }
}

fn kind_of_all(word: AllWord) -> Kind {
    match word {
        AllWord::Tables => Kind::Table,
        AllWord::Sequences => Kind::Sequence,
        AllWord::Functions | AllWord::Procedures | AllWord::Routines => Kind::Routine,
        AllWord::Types => Kind::Type,
        AllWord::Schemas => Kind::Schema,
    }
}

//! Collations.

use super::Replay;
use super::options::text_of_value;
use crate::catalog::Provenance;
use crate::errors::postgres::{objects as object_errors, types as errors};
use crate::postgres::ast::{self, Define, ObjectReference, QualifiedName};
use crate::postgres::catalog::{Address, Catalog, Class, Made};
use crate::postgres::types::{self, Name};

impl Replay {
    pub(super) fn create_collation(&mut self, define: &Define, name: &QualifiedName) {
        const KNOWN: [&str; 8] = [
            "from",
            "locale",
            "lc_collate",
            "lc_ctype",
            "provider",
            "deterministic",
            "version",
            "rules",
        ];
        let value = |wanted: &str| {
            let mut all = define.options.iter();
            let found = all.find(|it| &*it.name.name == wanted)?;
            found.value.as_ref().map(text_of_value)
        };
        for option in &define.options {
            let text = &*option.name.name;
            let is_known = KNOWN.contains(&text) && (text != "rules" || self.catalog.version >= 16);
            if !is_known {
                return self.report(errors::unknown_option(
                    "a collation",
                    text,
                    option.span,
                    KNOWN,
                ));
            }
        }
        let provider = value("provider").unwrap_or_else(|| "libc".to_owned());
        let providers: &[&str] = match self.catalog.version {
            0..=16 => &["libc", "icu"],
            _ => &["libc", "icu", "builtin"],
        };
        if !providers.contains(&provider.as_str()) {
            let message = format!("no collation provider `{provider}` exists");
            return self.report(errors::refused(message, define.span));
        }
        let has_locale = value("locale").is_some();
        for required in ["lc_collate", "lc_ctype"] {
            if !has_locale && provider == "libc" && value(required).is_none() {
                return self.report(errors::option_missing("collation", required, name.span));
            }
        }
        if !has_locale && provider != "libc" {
            return self.report(errors::option_missing("collation", "locale", name.span));
        }
        let deterministic = value("deterministic")
            .is_none_or(|it| matches!(it.as_str(), "true" | "on" | "1" | "yes"));
        if !deterministic && provider != "icu" {
            let message = "only collations of ICU can be nondeterministic";
            return self.report(errors::refused(message, define.span));
        }
        self.make_collation(define, name, deterministic);
    }

    pub(super) fn copy_collation(
        &mut self,
        define: &Define,
        name: &QualifiedName,
        from: &QualifiedName,
    ) {
        let reference = ObjectReference::InSchema(ast::SchemaWord::Collation, from.clone());
        let Some(found) = self.object(&reference) else {
            return;
        };
        let deterministic = types::Objects::collation(&self.catalog, found.oid);
        let deterministic = deterministic.is_none_or(|it| it.deterministic);
        self.make_collation(define, name, deterministic);
    }

    fn make_collation(&mut self, define: &Define, name: &QualifiedName, deterministic: bool) {
        let Some(namespace) = self.schema_of_new(name) else {
            return;
        };
        let text = &name.name.name;
        let taken = self
            .catalog
            .collations
            .named(Some(namespace), text)
            .map(|it| it.object.oid);
        if let Some(taken) = taken {
            if !define.if_not_exists {
                let declared = self.declared(Address::new(Class::Collation, taken));
                self.report(object_errors::exists(
                    "collation",
                    text,
                    name.span,
                    declared,
                ));
            }
            return;
        }
        let oid = self.catalog.next_oid();
        self.catalog.collations.put(Made {
            object: types::Collation {
                oid,
                namespace,
                name: Name::Owned(text.to_string()),
                deterministic,
            },
            more: (),
            owner: Some(Catalog::OWNER),
            provenance: Some(Provenance::new(name.name.span)),
        });
        self.put_in_schema(Address::new(Class::Collation, oid), namespace);
    }

    pub(super) fn alter_collation(&mut self, alter: &ast::AlterCollation) {
        let reference = ObjectReference::InSchema(ast::SchemaWord::Collation, alter.name.clone());
        self.object(&reference);
    }
}

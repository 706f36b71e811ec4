//! What statements ask of resolution, with its mistakes reported.

use super::Replay;
use crate::diagnostic::Diagnostic;
use crate::postgres::ast::{self, TypeName};
use crate::postgres::resolve::{self, Environment, Place, Resolved, Variables};
use crate::postgres::tree;
use crate::postgres::types::ValueType;
use std::sync::Arc;

/// Nothing but what the catalog has can be named.
static NO_VARIABLES: Variables = Variables {
    columns_win: true,
    blocks: Vec::new(),
    parameters: Vec::new(),
};

impl Replay {
    pub(super) fn surroundings(&self) -> Environment<'_> {
        Environment {
            catalog: &self.catalog,
            version: self.catalog.version,
            // A migration has no values for `$1`.
            variables: Some(&NO_VARIABLES),
        }
    }

    /// Reports the mistakes of a resolution; gives its value where there is none.
    pub(super) fn sound<T>(&mut self, resolved: Resolved<T>) -> Option<T> {
        let is_sound = resolved.diagnostics.is_empty();
        self.diagnostics.extend(resolved.diagnostics);
        is_sound.then_some(resolved.value)
    }

    /// The type of a name; nothing where a mistake that was told keeps from knowing it.
    ///
    /// # Errors
    ///
    /// What is wrong with the name.
    pub(super) fn type_or_mistake(
        &self,
        name: &TypeName,
    ) -> Result<Option<ValueType>, Box<Diagnostic>> {
        let resolved = resolve::type_name(self.surroundings(), name);
        match (resolved.value, resolved.diagnostics.into_iter().next()) {
            (Some(typed), _) => Ok(Some(typed)),
            (None, Some(diagnostic)) => Err(Box::new(diagnostic)),
            (None, None) => Ok(None),
        }
    }

    /// The type of a name; a mistake is reported.
    pub(super) fn type_of_name(&mut self, name: &TypeName) -> Option<ValueType> {
        let resolved = resolve::type_name(self.surroundings(), name);
        self.diagnostics.extend(resolved.diagnostics);
        resolved.value
    }

    /// A condition; nothing if it is wrong, which is reported.
    pub(super) fn condition_at(
        &mut self,
        place: Place<'_>,
        construct: &str,
        condition: &ast::Expr,
    ) -> Option<Arc<tree::Expr>> {
        let resolved = resolve::condition(self.surroundings(), place, construct, condition);
        self.sound(resolved).map(Arc::new)
    }
}

//! REFRESH MATERIALIZED VIEW of one that is in use: nobody can read it until it is full again.

use super::Scene;
use crate::diagnostic::Diagnostic;
use crate::errors::postgres::lints as errors;
use crate::postgres::ast::RefreshMaterializedView;
use crate::text::Span;

impl Scene<'_> {
    pub(super) fn refresh(
        &self,
        refresh: &RefreshMaterializedView,
        span: Span,
    ) -> Option<Diagnostic> {
        // WITH NO DATA writes nothing, and CONCURRENTLY only what is another than before.
        if refresh.concurrently.is_some() || !refresh.with_data {
            return None;
        }
        let view = self.in_use(&refresh.name)?;
        // What was never filled cannot be read.
        if !view.view()?.populated {
            return None;
        }
        let mut indexes = view.indexes.iter();
        let has_key = indexes.any(|it| {
            let index = self.before.relation(*it).and_then(|it| it.index());
            index.is_some_and(|it| {
                let columns = it.keys.iter().all(|key| key.term.column().is_some());
                it.unique && it.predicate.is_none() && columns
            })
        });
        Some(errors::blocking_refresh(&view.name, has_key, span))
    }
}

//! Rows of PostgreSQL: every decision about them, and their tokens.

mod check;
mod context;
mod decide;
mod documentation;
mod emit;
mod model;
mod rust_type;

use crate::Items;
use crate::emit::version;
use crate::model::{Overrides, is_known, steps};
use tablature_schema::Checked;
use tablature_schema::postgres::catalog::Catalog;

/// What is generated for a directory whose last catalog is this one.
pub(crate) fn items(checked: &Checked, catalog: &Catalog) -> Items {
    let mut overrides = Overrides::new(&checked.config);
    let rows = decide::rows(catalog, &mut overrides, &checked.sources);
    let mut tokens = emit::rows(&rows);
    for migration in &checked.migrations {
        let step = migration.step.as_ref();
        let Some(found) = step.and_then(|step| step.catalog.postgres()) else {
            continue;
        };
        // What does not fit a schema of long ago is no mistake.
        let mut earlier = Overrides::new(&checked.config);
        let rows = decide::rows(found, &mut earlier, &checked.sources);
        overrides.are_used_by(&earlier);
        tokens.extend(version(migration.version, emit::rows(&rows)));
    }
    let mut diagnostics = steps::diagnostics(checked);
    // What a mistake in the migrations kept out of the catalog is no second mistake.
    let known = is_known(checked).then(|| rows.known());
    diagnostics.extend(overrides.diagnostics(known.as_ref()));
    diagnostics.sort_by_key(|diagnostic| diagnostic.primary.span);
    Items {
        tokens,
        diagnostics,
    }
}

//! COMMENT and SECURITY LABEL.

use super::Replay;
use crate::diagnostic::{Code, Diagnostic};
use crate::postgres::ast::{Comment, GlobalWord, ObjectReference, SecurityLabel};
use crate::postgres::catalog::RelationKind;

impl Replay {
    pub(super) fn comment(&mut self, comment: &Comment) {
        // A database that is named may be another one's name for this one: the engine only warns.
        if let ObjectReference::Global(GlobalWord::Database | GlobalWord::Tablespace, _) =
            comment.object
        {
            return;
        }
        let Some(object) = self.object(&comment.object) else {
            return;
        };
        if let ObjectReference::Column { relation, .. } = &comment.object {
            let kind = self.catalog.relation(object.oid).map(|it| &it.kind);
            let has_none = matches!(
                kind,
                Some(
                    RelationKind::Sequence(_)
                        | RelationKind::Index(_)
                        | RelationKind::PartitionedIndex(_)
                )
            );
            if has_none {
                let noun = kind.map_or("relation", RelationKind::noun);
                let message = format!("the columns of {} have no comments", with_article(noun));
                let diagnostic = Diagnostic::new(Code::WrongObjectKind, message, relation.span, "");
                return self.report(diagnostic);
            }
        }
        match &comment.text {
            // An empty comment is none.
            Some(text) if !text.is_empty() => {
                self.catalog.comments.insert(object, (**text).into());
            }
            Some(_) | None => drop(self.catalog.comments.remove(&object)),
        }
    }

    /// A label needs a provider, which is a library that the server loads: none is there on a server as it comes.
    pub(super) fn security_label(&mut self, label: &SecurityLabel) {
        let diagnostic = match &label.provider {
            Some(provider) => Diagnostic::new(
                Code::UnknownObject,
                format!("security label provider `{}` is not loaded", provider.name),
                provider.span,
                "no such provider",
            ),
            None => Diagnostic::new(
                Code::UnknownObject,
                "no security label provider is loaded",
                label.span,
                "needs a provider",
            ),
        };
        self.report(diagnostic);
    }
}

fn with_article(noun: &str) -> String {
    crate::errors::postgres::objects::with_article(noun)
}

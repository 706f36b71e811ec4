//! Which names need no schema before them.

use super::{Function, Typing};

impl Typing<'_> {
    /// Whether the name of a function alone stands for it, so that it is printed without its schema (`regprocout`).
    #[must_use]
    pub fn is_only_of_name(self, function: &Function) -> bool {
        let path = self.objects.search_path();
        let place = |it: &Function| path.iter().position(|schema| *schema == it.namespace);
        let Some(own) = place(function) else {
            return false;
        };
        let others = self.objects.functions_named(&function.name);
        let mut others = others.into_iter().filter(|it| it.oid != function.oid);
        others.all(|other| {
            let is_hidden = other.inputs == function.inputs;
            place(other).is_none_or(|of_other| is_hidden && own < of_other)
        })
    }
}

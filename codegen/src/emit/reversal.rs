//! What a down file does, as Rust.

use super::number;
use proc_macro2::TokenStream;
use quote::quote;
use std::borrow::Cow;
use tablature_model::schema::Place;
use tablature_model::{Cause, Loss, Reversal, Written};

/// The value of the field, where the names of the migration list are in scope.
pub(super) fn reversal(reversal: &Reversal) -> TokenStream {
    let variant = match reversal {
        Reversal::Fails { reason } => quote!(Fails { reason: B(#reason) }),
        Reversal::Differs {
            differences,
            losses,
        } => {
            let differences = texts(differences);
            let losses = losses.iter().map(loss);
            quote!(Differs { differences: #differences, losses: B(&[#(#losses),*]) })
        }
        Reversal::Restores { losses } => {
            let losses = losses.iter().map(loss);
            quote!(Restores { losses: B(&[#(#losses),*]) })
        }
    };
    quote!(::tablature::migration::Reversal::#variant)
}

fn loss(loss: &Loss) -> TokenStream {
    let table = &loss.table;
    let columns = texts(&loss.columns);
    let written = match loss.written {
        Written::Before => quote!(Before),
        Written::Since => quote!(Since),
    };
    let cause = match loss.cause {
        Cause::Dropped => quote!(Dropped),
        Cause::Deleted => quote!(Deleted),
        Cause::Overwritten => quote!(Overwritten),
        Cause::Replaced => quote!(Replaced),
    };
    let Place { file, line } = &loss.place;
    let line = number(*line as usize);
    quote! {
        ::tablature::migration::Loss {
            table: B(#table),
            columns: #columns,
            written: ::tablature::migration::Written::#written,
            cause: ::tablature::migration::Cause::#cause,
            place: Place { file: B(#file), line: #line },
        }
    }
}

fn texts(texts: &[Cow<'static, str>]) -> TokenStream {
    quote!(B(&[#(B(#texts)),*]))
}

//! Names that refer to nothing, or to more than one thing.

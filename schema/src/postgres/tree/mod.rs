//! Query trees: expressions and queries in which every name is the object that it refers to, and every value has a type.

//! Transactions, pragmas, attached databases.

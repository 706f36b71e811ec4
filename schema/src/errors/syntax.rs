//! Statements that the grammar does not accept, and the limits of the engine.

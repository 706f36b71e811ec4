//! Tables, columns, indexes, views, triggers and what the engine refuses of them.

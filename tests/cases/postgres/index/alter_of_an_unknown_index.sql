ALTER INDEX users_a RENAME TO users_b;

ANALYZE missing;

PRAGMA query_only = ON;
PRAGMA incremental_vacuum;

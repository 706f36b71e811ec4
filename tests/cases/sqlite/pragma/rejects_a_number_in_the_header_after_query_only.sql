PRAGMA query_only = ON;
PRAGMA user_version;
PRAGMA user_version = 3;

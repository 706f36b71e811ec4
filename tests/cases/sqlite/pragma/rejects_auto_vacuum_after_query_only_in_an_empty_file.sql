PRAGMA query_only = ON;
PRAGMA auto_vacuum = NONE;
PRAGMA auto_vacuum = FULL;

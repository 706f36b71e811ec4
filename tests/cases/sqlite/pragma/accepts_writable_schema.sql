PRAGMA writable_schema = ON;
CREATE TABLE t (a);
PRAGMA writable_schema = RESET;

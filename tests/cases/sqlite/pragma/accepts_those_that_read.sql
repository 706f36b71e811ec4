CREATE TABLE t (a);
PRAGMA foreign_key_check;
PRAGMA foreign_key_check(t);
PRAGMA table_info(t);
PRAGMA index_list('t');
PRAGMA integrity_check;
PRAGMA user_version = 3;
PRAGMA application_id = -1;

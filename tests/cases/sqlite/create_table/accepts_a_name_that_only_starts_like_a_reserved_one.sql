CREATE TABLE sqlitething (a);

DROP TABLE sqlite_master;

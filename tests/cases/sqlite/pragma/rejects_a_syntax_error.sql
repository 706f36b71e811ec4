PRAGMA user_version = 1 + 1;

PRAGMA nowhere.user_version = 1;

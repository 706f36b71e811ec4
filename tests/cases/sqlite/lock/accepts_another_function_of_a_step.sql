-- file: 0001_create_tales.sql
CREATE TABLE tales (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
-- file: 0002_fill_slugs.sql
-- tablature: step crate::tales::slugs::fill
-- file: tablature.lock
1 create_tales 2a6e225075a41219
2 fill_slugs step

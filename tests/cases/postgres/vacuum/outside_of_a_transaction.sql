-- no-transaction
CREATE TABLE stories (id bigint PRIMARY KEY, title text);
VACUUM (INDEX_CLEANUP auto, SKIP_LOCKED) stories;
VACUUM (FULL, ANALYZE) stories (title);
ANALYZE VERBOSE stories (title);
REINDEX (VERBOSE off) TABLE CONCURRENTLY stories;

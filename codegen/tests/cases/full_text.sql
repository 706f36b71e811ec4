-- file: 0001_create.sql
CREATE VIRTUAL TABLE tale_search USING fts5 (title, tale_id UNINDEXED);
CREATE VIRTUAL TABLE old_search USING fts4 (title, tale_id, notindexed=tale_id);
CREATE VIEW found AS
    SELECT title, tale_id, snippet(tale_search, 0, '[', ']', '…', 9) AS shown FROM tale_search WHERE tale_search MATCH 'x';
CREATE TABLE documents (body TEXT NOT NULL, kind TEXT DEFAULT 'note');
CREATE VIEW parts AS SELECT t.key, t.value, t.type, t.atom, t.id, t.parent, t.fullkey, t.path FROM documents, json_tree(body) AS t;

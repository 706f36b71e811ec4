CREATE TEMPORARY TABLE drafts (id integer);
INSERT INTO drafts VALUES (1);
-- file: 0002_use.sql
SELECT id FROM drafts;

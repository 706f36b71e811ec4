ALTER TABLE stories RENAME COLUMN title TO name;
ALTER TABLE stories ADD COLUMN "größe" INT;
CREATE VIRTUAL TABLE indexes USING fts5(word, content = '');
CREATE VIRTUAL TABLE places USING rtree(id, west, east, +note);
CREATE VIRTUAL TABLE cells USING rtree_i32(id, least, greatest);

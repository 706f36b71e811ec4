CREATE TABLE documents (
    id TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL CHECK (json_valid(body, 4) OR json_valid(body)),
    title TEXT GENERATED ALWAYS AS (body ->> '$.title') VIRTUAL NOT NULL,
    author TEXT AS (json_extract(body, '$.author.name')) STORED,
    tags TEXT AS (body -> 'tags'),
    size INT AS (length(CAST(body AS BLOB)))
) STRICT, WITHOUT ROWID;
CREATE INDEX documents_author ON documents (author COLLATE NOCASE, title DESC) WHERE author IS NOT NULL;
CREATE INDEX documents_year ON documents (CAST(json_extract(body, '$.year') AS INTEGER));
CREATE VIEW document_tags AS
SELECT d.id, t.value AS tag, t.key AS position
FROM documents AS d, json_each(d.tags) AS t
WHERE json_type(d.tags) = 'array';
CREATE VIEW tag_lists AS
SELECT tag, json_group_array(id ORDER BY id) AS ids, string_agg(id, ',' ORDER BY id) AS text FROM document_tags GROUP BY tag;
CREATE VIEW tree AS SELECT fullkey, atom, path FROM documents, json_tree(documents.body, '$.author') WHERE atom IS NOT NULL;
ALTER TABLE documents ADD COLUMN year INT AS (body ->> 'year');

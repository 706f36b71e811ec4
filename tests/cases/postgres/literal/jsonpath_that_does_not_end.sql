CREATE TABLE edits (data jsonb NOT NULL);

CREATE INDEX edits_added ON edits USING gin (jsonb_path_query_array(data, '$.new_data.added[*'));

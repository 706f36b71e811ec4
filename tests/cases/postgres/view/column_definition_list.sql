CREATE VIEW a AS SELECT * FROM jsonb_to_recordset('[]') AS r (id int, name text, tags text[]);
CREATE VIEW b AS SELECT * FROM json_to_record('{}') AS (a int, b varchar(3));

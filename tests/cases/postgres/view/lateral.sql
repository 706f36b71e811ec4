CREATE TABLE users (id int, tags text[]);
CREATE VIEW a AS SELECT id, tag FROM users, unnest(tags) AS tag;
CREATE VIEW b AS SELECT u.id, s.n FROM users u LEFT JOIN LATERAL (SELECT count(*) AS n FROM users x WHERE x.id < u.id) s ON true;
CREATE VIEW c AS SELECT u.id, e.value FROM users u CROSS JOIN LATERAL jsonb_array_elements_text(to_jsonb(u.tags)) WITH ORDINALITY AS e (value, n);

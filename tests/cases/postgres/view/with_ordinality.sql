CREATE VIEW a AS SELECT * FROM unnest(ARRAY['a', 'b']) WITH ORDINALITY AS t (value, position);
CREATE VIEW b AS SELECT * FROM ROWS FROM (generate_series(1, 3), unnest(ARRAY['x', 'y'])) WITH ORDINALITY AS t;
CREATE VIEW c AS SELECT x.k, x.v, x.n FROM jsonb_each_text('{}') WITH ORDINALITY x (k, v, n);

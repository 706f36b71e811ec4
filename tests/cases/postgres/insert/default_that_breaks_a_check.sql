CREATE TABLE jobs (
    id integer,
    state text DEFAULT 'none' CHECK (state = ANY (ARRAY['open', 'done']))
);

INSERT INTO jobs (id) VALUES (1);

CREATE DOMAIN positive AS integer CHECK (VALUE > 0);

CREATE TABLE books (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title text NOT NULL CHECK (length(title) BETWEEN 2 AND 20 AND title <> '' AND title LIKE '%e%'),
    price numeric CHECK (price > 0),
    state varchar(10) DEFAULT 'open' CHECK (state IN ('open', 'done')),
    copies positive DEFAULT 1,
    sold date CHECK (sold > '2000-01-01'),
    returned date,
    code char(3) CHECK (code IN ('ab', 'abc')),
    facts jsonb CHECK (jsonb_typeof(facts) = 'object'),
    twice integer GENERATED ALWAYS AS (copies * 2) STORED CHECK (twice < 10),
    CHECK (num_nonnulls(sold, returned) <= 1),
    CHECK (state IS DISTINCT FROM 'done' OR sold IS NOT NULL)
);

INSERT INTO books (title, price, state, sold) VALUES
    ('Rapunzel', 0.01, 'done', 'infinity'),
    ('Cinderella', NULL, NULL, NULL);
INSERT INTO books (title, code, facts, copies) VALUES ('Snow White', 'ab', '{}', 4);
INSERT INTO books (title) VALUES ('The Frog King');

CREATE TABLE filled (v integer PRIMARY KEY CHECK (v > 0));
CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.v := 1; RETURN NEW; END $$;
CREATE TRIGGER fill BEFORE INSERT ON filled FOR EACH ROW EXECUTE FUNCTION fill();
INSERT INTO filled VALUES (0);

CREATE TABLE keys (a integer PRIMARY KEY, b text);
INSERT INTO keys VALUES (1, 'a'), (1, 'b') ON CONFLICT DO NOTHING;

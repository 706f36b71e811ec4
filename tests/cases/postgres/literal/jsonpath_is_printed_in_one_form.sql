CREATE TABLE edits (
    data jsonb NOT NULL,
    at jsonpath DEFAULT 'LAX $.new_data.added[*] ? (@.kind starts with "x" && !(@.n<>-(1)))[last-1, 0 to 2].**{2 to last}.size()',
    CHECK (data @? 'strict $.a ? (exists(@.b) || (@.c like_regex "^d" flag "ixq") is unknown)')
);

CREATE INDEX edits_added ON edits USING gin (jsonb_path_query_array(data, '$.new_data.added[*].id'));

CREATE VIEW sums AS SELECT jsonb_path_query(data, '$.a+1*2 - (3 - $."b c") % $x') AS sum FROM edits;

CREATE TABLE edits (data jsonb NOT NULL CHECK (data @? '$ ? (@.a = 1)'));

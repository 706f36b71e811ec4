CREATE TABLE shapes (w int, at timestamptz GENERATED ALWAYS AS (now()) STORED);

CREATE TABLE shapes (w int, a int GENERATED ALWAYS AS (w * 2) VIRTUAL);

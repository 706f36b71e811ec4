CREATE TABLE shapes (w numeric(10, 2), h numeric(10, 2), area numeric GENERATED ALWAYS AS (w * h) STORED, label text GENERATED ALWAYS AS ('w' || w::text) STORED);

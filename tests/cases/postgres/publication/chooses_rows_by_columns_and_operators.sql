CREATE TABLE tales (id integer, title text, words integer);
CREATE PUBLICATION news FOR TABLE tales WHERE (
    (id, words) < (1, 2) OR lower(title) LIKE 'a%' AND words = ANY (ARRAY[1, 2]) OR coalesce(title, '') <> '' OR words BETWEEN 1 AND 10
);

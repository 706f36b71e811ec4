CREATE TABLE books (
    title text NOT NULL,
    price numeric(6, 2) CONSTRAINT price_is_paid CHECK (price > 0)
);

INSERT INTO books (title, price) VALUES ('Rapunzel', 7.50), ('Cinderella', -1);

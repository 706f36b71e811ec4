CREATE TABLE orders (id INTEGER, shop TEXT, UNIQUE (shop, id), PRIMARY KEY (id));
ALTER TABLE orders RENAME COLUMN shop TO store;
ALTER TABLE orders RENAME COLUMN id TO number;

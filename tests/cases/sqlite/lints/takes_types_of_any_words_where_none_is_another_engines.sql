CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    serial TEXT NOT NULL,
    comment UNSIGNED BIG INT,
    "key" NATIVE CHARACTER(70),
    described DOUBLE PRECISION DEFAULT 'SERIAL',
    serial_number SERIAL_NUMBER
);
-- tablature: allow(inert_type_word) the other engine reads this file too
CREATE TABLE shared (id SERIAL NOT NULL);

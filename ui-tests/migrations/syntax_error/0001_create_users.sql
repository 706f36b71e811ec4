CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    visits BIGINT(20) UNSIGNED NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('reader', 'writer'))
);

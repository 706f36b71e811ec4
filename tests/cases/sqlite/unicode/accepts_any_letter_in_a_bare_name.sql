CREATE TABLE größe (länge INTEGER, 日本語 TEXT, 🦀 BLOB);
SELECT länge, 日本語, 🦀 FROM größe;

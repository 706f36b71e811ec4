ALTER TABLE IF EXISTS users ADD COLUMN name nonsense;

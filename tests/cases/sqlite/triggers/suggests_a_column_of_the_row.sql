CREATE TABLE stories (id INTEGER PRIMARY KEY, title TEXT);
CREATE TRIGGER kept AFTER UPDATE ON stories BEGIN
    DELETE FROM stories WHERE id = new.idd;
    DELETE FROM stories WHERE title = old.titel;
END;
INSERT INTO stories VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET title = excluded.titel;

-- file: 0001_users.sql
-- Your SQL goes here
CREATE TABLE `users`(
	`id` INTEGER NOT NULL PRIMARY KEY,
	`name` TEXT NOT NULL,
	`hair_color` TEXT,
	`created_at` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TRIGGER `set_created` AFTER UPDATE ON `users`
FOR EACH ROW
WHEN NEW.`created_at` IS OLD.`created_at`
BEGIN
    UPDATE `users` SET `created_at` = CURRENT_TIMESTAMP WHERE `id` = NEW.`id`;
END;
-- file: 0002_swap.sql
PRAGMA foreign_keys = OFF;
CREATE TABLE users_new (
    uuid BLOB PRIMARY KEY NOT NULL DEFAULT (randomblob(16)),
    name VARCHAR(32) NOT NULL CHECK (length(name) BETWEEN 1 AND 32),
    legacy INT UNIQUE
) WITHOUT ROWID;
INSERT INTO users_new (name, legacy) SELECT name, id FROM users;
DROP TRIGGER set_created;
DROP TABLE users;
ALTER TABLE users_new RENAME TO users;
CREATE TABLE posts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    "user" BLOB NOT NULL REFERENCES users ON DELETE CASCADE,
    body TEXT NOT NULL
);
PRAGMA foreign_keys = ON;

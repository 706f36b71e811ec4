CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);

INSERT INTO users (email) VALUES ('gretel@forest.example'), (lower('Gretel@Forest.example'));

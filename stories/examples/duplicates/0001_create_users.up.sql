CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);

INSERT INTO users (email) VALUES ('gretel@forest.example'), (replace('gretel at forest.example', ' at ', '@'));

CREATE TABLE words (word TEXT PRIMARY KEY CHECK (word = lower(word)));
INSERT INTO words VALUES (coalesce(NULL, 'tale')), (trim(' moral '));
INSERT INTO words VALUES (iif(1 < 2, 'Once', 'upon'));

CREATE TABLE u AS VALUES (1, 'a'), (2, 'b');

CREATE TABLE places (a money DEFAULT 'nothing');

CREATE TABLE places (a tsvector DEFAULT 'fat:0');

CREATE TABLE places (a box DEFAULT '(1,2)');

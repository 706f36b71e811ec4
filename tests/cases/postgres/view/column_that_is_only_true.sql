CREATE VIEW answers AS SELECT true, 1 AS one;
CREATE VIEW named AS SELECT "?column?" AS answer FROM answers;

CREATE TABLE "Users" ("userId" integer PRIMARY KEY);

SELECT userId FROM "Users";
ALTER TABLE Users ADD COLUMN name text;
